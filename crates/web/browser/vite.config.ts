import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";

/** What is worth compressing; fonts (woff2) and pictures already are. */
const TEXT = /\.(?:css|js|svg|wasm|webmanifest)$/;

/** Writes `x.gz` beside each text file, so that the program never compresses an asset itself. */
function gzipBeside(directory: string): Plugin {
  return {
    name: "gzip-beside",
    apply: "build",
    closeBundle() {
      for (const name of readdirSync(directory)) {
        if (!TEXT.test(name)) continue;
        const path = join(directory, name);
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
      }
    },
  };
}

const outDir = join(import.meta.dirname, "dist");

export default defineConfig({
  base: "/assets/",
  plugins: [tailwindcss(), gzipBeside(outDir)],
  // The program answers everything; there is no index.html and no folder of loose files.
  appType: "custom",
  publicDir: false,
  build: {
    outDir,
    emptyOutDir: true,
    assetsDir: "",
    manifest: true,
    target: ["chrome111", "firefox115", "safari16.4"],
    // The content security policy permits no data: fonts; every file has its own URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ["base.css", "base.ts", "shop.ts", "dashboard.ts", "live.ts", "scanner.ts"],
    },
  },
});
