//! Texts as they are searched: small letters without accents, so that `jose nunez` finds José Núñez, and `soren` Søren.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A text as it is searched.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut found = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match plain(c) {
            Some(plain) => found.push_str(plain),
            None => found.push(c),
        }
    }
    found
}

/// Letters of the Latin alphabet that no accent comes off, as people type them who do not have them.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_capitals_make_no_difference() {
        let cases = [
            ("José NÚÑEZ", "jose nunez"),
            ("Jose\u{301}", "jose"),
            ("Søren Łukasz Weiß", "soren lukasz weiss"),
            ("Ánh Nguyễn", "anh nguyen"),
            ("İstanbul", "istanbul"),
            ("Юлия", "юлия"),
            ("李小龙", "李小龙"),
            ("ana@example.org", "ana@example.org"),
        ];
        for (text, expected) in cases {
            assert_eq!(folded(text), expected, "{text}");
        }
    }
}
