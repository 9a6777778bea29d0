use proptest::prelude::*;

use super::*;

/// Made with another implementation (Python's `cryptography` and `base64`), from the key of bytes 0 to 31.
const KNOWN: &str = "AEBWV2IAUBZEL3N2MRSWMZ3INFVGW3DNNZXXA4LSON2HK5TXAEBFSYTP6DCZ7NH2WXW6PCBCBWCTK46NGKOIT7KIMVXOYURIA45B\
                     GDT7DV32VYTM3Y3DT2MLTQYMZTRMPGJBBOCXJYJTWBWEVLIGWKFXBA";

fn key() -> SigningKeyBytes {
    SigningKeyBytes::from_bytes(&std::array::from_fn(|index| u8::try_from(index).unwrap()))
}

fn organisation() -> Slug {
    "northern-salsa".parse().unwrap()
}

fn payload() -> Payload {
    let number = std::array::from_fn(|index| 100 + u8::try_from(index).unwrap());
    Payload {
        key: 3,
        event: EventTag::of_key("EVENT#northern-salsa#mersey-latin-2026"),
        ticket: TicketNumber(Ksuid::from_bytes(number)),
        generation: 258,
    }
}

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// `PROVE=1` asks for the full size.
fn rounds(usual: u32, full: u32) -> u32 {
    if std::env::var_os("PROVE").is_some_and(|prove| prove == "1") { full } else { usual }
}

#[test]
fn a_barcode_is_what_another_implementation_makes_of_the_same_ticket() {
    assert_eq!(payload().encode(&key(), &organisation()).as_str(), KNOWN);
    assert_eq!(payload().event.to_string(), "6ae900a07245edba");
}

#[test]
fn a_barcode_is_read_back_and_holds() {
    let token = payload().encode(&key(), &organisation());
    let read = SignedPayload::read(token.as_str()).unwrap();
    assert_eq!(read.payload, payload());
    assert!(read.verify(&key().public_key(), &organisation()));
    assert_eq!(read.token(), token);
}

#[test]
fn a_signature_holds_for_its_own_key_and_organisation_only() {
    let read = SignedPayload::read(KNOWN).unwrap();
    assert!(!read.verify(&SigningKeyBytes::from_bytes(&[9; 32]).public_key(), &organisation()));
    assert!(!read.verify(&key().public_key(), &"northern-sals".parse().unwrap()));
}

#[test]
fn another_generation_key_event_or_ticket_needs_another_signature() {
    let signed = SignedPayload::read(KNOWN).unwrap();
    let changed = [
        Payload { generation: 259, ..payload() },
        Payload { key: 4, ..payload() },
        Payload { event: EventTag([0; 8]), ..payload() },
        Payload { ticket: TicketNumber(Ksuid::from_bytes([0; 20])), ..payload() },
    ];
    for payload in changed {
        let forged = SignedPayload { payload, ..signed };
        let read = SignedPayload::read(forged.token().as_str()).unwrap();
        assert!(!read.verify(&key().public_key(), &organisation()), "{payload:?}");
    }
}

#[test]
fn the_same_signature_plus_the_order_of_the_group_is_refused() {
    let order = HEXLOWER.decode(b"edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap();
    let mut signed = SignedPayload::read(KNOWN).unwrap();
    let mut carry = 0;
    for (byte, add) in signed.signature[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    assert!(!signed.verify(&key().public_key(), &organisation()));
}

#[test]
fn a_token_is_read_alone_or_after_the_last_path() {
    let texts = [
        KNOWN.to_owned(),
        format!("HTTPS://TICKETS.EXAMPLE.ORG/S/{KNOWN}"),
        format!("https://tickets.example.org/s/{KNOWN}"),
        format!("/s/{KNOWN}"),
        format!("https://example.org/s/first/S/{KNOWN}"),
        format!("{}/s/{KNOWN}", "é/S/".repeat(10_000)),
    ];
    for text in texts {
        assert_eq!(SignedPayload::read(&text).map(|read| read.token().to_string()), Ok(KNOWN.to_owned()), "{text}");
    }
}

#[test]
fn a_browser_opens_a_token_in_any_case_of_letters_and_a_scanner_in_one() {
    let mixed: String =
        KNOWN.chars().enumerate().map(|(at, c)| if at % 2 == 0 { c.to_ascii_lowercase() } else { c }).collect();
    for text in [KNOWN.to_lowercase(), mixed, format!("https://tickets.example.org/s/{KNOWN}").to_lowercase()] {
        assert_eq!(SignedPayload::read(&text), Err(Unreadable), "{text}");
        let opened = SignedPayload::read_in_any_case(&text);
        assert_eq!(opened.map(|read| read.token().to_string()), Ok(KNOWN.to_owned()), "{text}");
    }
    // Small letters that others grow into: the long s and the sign of kelvin.
    for odd in ["ſ", "K", "ı"] {
        let text = format!("{}{odd}", &KNOWN[odd.len()..]);
        assert_eq!(SignedPayload::read_in_any_case(&text), Err(Unreadable), "{text}");
    }
}

#[test]
fn every_other_spelling_is_unreadable() {
    let (first, rest) = KNOWN.split_at(1);
    let (most, last) = KNOWN.split_at(LETTERS - 1);
    assert_eq!(last, "A");
    let mut texts: Vec<String> =
        ["", "/S/", "0", "ticket", &"A".repeat(LETTERS), &"7".repeat(LETTERS), &first.repeat(LETTERS)]
            .map(String::from)
            .to_vec();
    texts.extend(
        ["0", "1", "8", "9", "=", " ", "-", "é", "ſ", "K", "\0", "/"].map(|odd| format!("{first}{odd}{}", &rest[1..])),
    );
    texts.extend(["B", "C", "D"].map(|spare_bits| format!("{most}{spare_bits}")));
    texts.extend(["=", "A", " ", "\n", "?", "/", "#top", "======"].map(|after| format!("{KNOWN}{after}")));
    texts.extend(
        [" ", "A", "\u{feff}", "https://tickets.example.org/", "s/", "/S"].map(|before| format!("{before}{KNOWN}")),
    );
    texts.extend([
        most.to_owned(),
        rest.to_owned(),
        format!("{most} "),
        format!("/S/{KNOWN}/s/"),
        format!("{first} {rest}"),
    ]);
    for text in texts {
        assert_eq!(SignedPayload::read(&text), Err(Unreadable), "{text}");
    }
}

#[test]
fn another_version_is_unreadable() {
    let mut bytes = BASE32_NOPAD.decode(KNOWN.as_bytes()).unwrap();
    for version in [0, 2, 255] {
        bytes[0] = version;
        assert_eq!(SignedPayload::read(&BASE32_NOPAD.encode(&bytes)), Err(Unreadable), "{version}");
    }
}

#[test]
fn no_random_change_of_its_bytes_is_let_in() {
    let good = BASE32_NOPAD.decode(KNOWN.as_bytes()).unwrap();
    let (public, organisation) = (key().public_key(), organisation());
    let mut numbers = Numbers(1);
    for _ in 0..rounds(20_000, 1_000_000) {
        let mut bytes = good.clone();
        for _ in 0..=numbers.below(3) {
            bytes[numbers.below(BYTES)] ^= u8::try_from(numbers.below(256)).unwrap();
        }
        let holds =
            SignedPayload::read(&BASE32_NOPAD.encode(&bytes)).is_ok_and(|read| read.verify(&public, &organisation));
        assert_eq!(holds, bytes == good, "{bytes:?}");
    }
}

#[test]
fn no_random_change_of_its_letters_is_let_in() {
    let (public, organisation) = (key().public_key(), organisation());
    let mut numbers = Numbers(2);
    for _ in 0..rounds(20_000, 1_000_000) {
        let mut letters = KNOWN.as_bytes().to_vec();
        let at = numbers.below(LETTERS);
        letters[at] = u8::try_from(numbers.below(128)).unwrap();
        let text = String::from_utf8(letters).unwrap();
        let holds = SignedPayload::read(&text).is_ok_and(|read| read.verify(&public, &organisation));
        assert_eq!(holds, text == KNOWN, "{text}");
    }
}

#[test]
fn the_url_is_in_upper_case_and_has_the_public_urls_scheme_host_and_port() {
    let token = payload().encode(&key(), &organisation());
    for (public_url, expected) in [
        ("https://tickets.example.org", "HTTPS://TICKETS.EXAMPLE.ORG/S/"),
        ("https://tickets.example.org/", "HTTPS://TICKETS.EXAMPLE.ORG/S/"),
        ("http://127.0.0.1:8080/door/?a=b#c", "HTTP://127.0.0.1:8080/S/"),
    ] {
        let url = token.url(public_url);
        assert_eq!(url, format!("{expected}{KNOWN}"));
        assert!(url.bytes().all(|byte| b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".contains(&byte)), "{url}");
        assert_eq!(SignedPayload::read(&url).map(|read| read.payload), Ok(payload()));
    }
}

#[test]
fn a_token_shows_nothing_when_it_is_debugged() {
    assert_eq!(format!("{:?}", payload().encode(&key(), &organisation())), "Token(…)");
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>(), before in ".{0,20}(/[sS]/)?") {
        prop_assert_eq!(SignedPayload::read(&text), Err(Unreadable));
        let _ = SignedPayload::read(&format!("{before}{text}"));
    }

    #[test]
    fn what_looks_like_a_token_is_read_or_refused_and_has_one_spelling(text in "[A-Za-z2-7]{154}") {
        if let Ok(read) = SignedPayload::read_in_any_case(&text) {
            prop_assert_eq!(read.token().to_string(), text.to_ascii_uppercase());
        }
        if let Ok(read) = SignedPayload::read(&text) {
            prop_assert_eq!(read.token().to_string(), text);
        }
    }

    #[test]
    fn every_payload_is_read_back(bytes in any::<[u8; 32]>(), seed in any::<[u8; 32]>()) {
        let payload = Payload::from_bytes(&std::array::from_fn(|at| if at == 0 { VERSION } else { bytes[at] })).unwrap();
        let key = SigningKeyBytes::from_bytes(&seed);
        let read = SignedPayload::read(payload.encode(&key, &organisation()).as_str()).unwrap();
        prop_assert_eq!(read.payload, payload);
        prop_assert!(read.verify(&key.public_key(), &organisation()));
    }
}
