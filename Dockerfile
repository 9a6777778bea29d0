# syntax=docker/dockerfile:1

# The program in a container: nothing but itself, its C library, and certificates. See docs/operations.md, "Where it runs".
#
#     docker build -t dance-engine .

# What browsers load.
FROM node:22-bookworm-slim AS assets
WORKDIR /build/crates/web/browser
COPY crates/web/browser/package.json crates/web/browser/package-lock.json ./
RUN npm ci --no-audit --no-fund
# The styles are made of the classes that the pages name.
COPY crates/web /build/crates/web
RUN npm run build

# The program, with the compiler that rust-toolchain.toml names.
FROM rust:1.95.0-bookworm AS program
WORKDIR /build
COPY . .
COPY --from=assets /build/crates/web/browser/dist crates/web/browser/dist
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --package dance-engine \
    && cp target/release/dance-engine /usr/local/bin/dance-engine
# An empty folder, to be given to the user who runs the program.
RUN mkdir --parents --mode 700 /volumes/data

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=program /usr/local/bin/dance-engine /usr/local/bin/dance-engine
COPY --from=program --chown=nonroot:nonroot /volumes/ /
ENV DANCE_ENGINE_DATA=/data DANCE_ENGINE_LISTEN=0.0.0.0:8080
USER nonroot
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/usr/local/bin/dance-engine"]
CMD ["serve"]
