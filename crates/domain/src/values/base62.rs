//! Twenty bytes as 27 letters and digits, and back: what a KSUID is written as.
//!
//! A row names dozens of identifiers, and reading and writing them was a third of what it costs to read a ticket; so this
//! is done here, in place, five digits at a time. The library that knows KSUIDs is what the tests hold it against.

/// Letters of a text.
pub(super) const LENGTH: usize = 27;

/// In the order of their values, which is that of their bytes: texts sort as what they stand for.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// As many digits as fit into a limb, and what that many count to.
const GROUP: usize = 5;
const GROUP_BASE: u64 = 62 * 62 * 62 * 62 * 62;

/// The bytes as five numbers, the greatest first.
type Limbs = [u32; 5];

/// Writes the bytes into `text`, and shows it.
pub(super) fn encode<'a>(bytes: &[u8; 20], text: &'a mut [u8; LENGTH]) -> &'a str {
    let mut limbs = limbs_of(bytes);
    for group in text.rchunks_mut(GROUP) {
        let mut rest = divide(&mut limbs);
        for place in group.iter_mut().rev() {
            *place = digit(rest % 62);
            rest /= 62;
        }
    }
    std::str::from_utf8(text).unwrap_or_default()
}

/// The bytes of a text; none for one of another length or with other letters, and beyond the greatest.
pub(super) fn decode(text: &str) -> Option<[u8; 20]> {
    if text.len() != LENGTH {
        return None;
    }
    let mut limbs = Limbs::default();
    for group in text.as_bytes().chunks(GROUP) {
        let (mut value, mut base) = (0, 1);
        for letter in group {
            value = value * 62 + value_of(*letter)?;
            base *= 62;
        }
        multiply_and_add(&mut limbs, base, value)?;
    }
    let mut bytes = [0; 20];
    for (place, limb) in bytes.chunks_exact_mut(4).zip(limbs) {
        place.copy_from_slice(&limb.to_be_bytes());
    }
    Some(bytes)
}

fn limbs_of(bytes: &[u8; 20]) -> Limbs {
    let mut limbs = Limbs::default();
    for (limb, four) in limbs.iter_mut().zip(bytes.chunks_exact(4)) {
        *limb = four.iter().fold(0, |limb, byte| limb << 8 | u32::from(*byte));
    }
    limbs
}

/// Divides by what a group counts to, and gives what is left.
fn divide(limbs: &mut Limbs) -> u64 {
    let mut rest = 0;
    for limb in limbs {
        let value = rest << 32 | u64::from(*limb);
        *limb = low(value / GROUP_BASE);
        rest = value % GROUP_BASE;
    }
    rest
}

/// None if that is more than the limbs hold.
fn multiply_and_add(limbs: &mut Limbs, base: u64, add: u64) -> Option<()> {
    let mut carry = add;
    for limb in limbs.iter_mut().rev() {
        let value = u64::from(*limb) * base + carry;
        *limb = low(value);
        carry = value >> 32;
    }
    (carry == 0).then_some(())
}

/// The lower half. Written so that nothing can be cut off by mistake.
fn low(value: u64) -> u32 {
    u32::try_from(value & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

fn digit(value: u64) -> u8 {
    usize::try_from(value).ok().and_then(|value| DIGITS.get(value)).copied().unwrap_or(b'0')
}

fn value_of(letter: u8) -> Option<u64> {
    match letter {
        b'0'..=b'9' => Some(u64::from(letter - b'0')),
        b'A'..=b'Z' => Some(u64::from(letter - b'A') + 10),
        b'a'..=b'z' => Some(u64::from(letter - b'a') + 36),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use svix_ksuid::KsuidLike as _;

    fn written(bytes: &[u8; 20]) -> String {
        encode(bytes, &mut [0; LENGTH]).to_owned()
    }

    proptest! {
        #[test]
        fn any_bytes_are_written_as_the_library_writes_them_and_read_back(bytes in any::<[u8; 20]>()) {
            let text = written(&bytes);
            prop_assert_eq!(&text, &svix_ksuid::Ksuid::from_bytes(bytes).to_base62());
            prop_assert_eq!(decode(&text), Some(bytes));
        }

        #[test]
        fn texts_sort_as_their_bytes(one in any::<[u8; 20]>(), other in any::<[u8; 20]>()) {
            prop_assert_eq!(written(&one).cmp(&written(&other)), one.cmp(&other));
        }

        #[test]
        fn any_text_has_one_reading_or_none(text in "[0-9A-Za-z]{27}") {
            match decode(&text) {
                Some(bytes) => prop_assert_eq!(written(&bytes), text),
                None => prop_assert!(text.as_str() > "aWgEPTl1tmebfsQzFP4bxwgy80V"),
            }
        }

        #[test]
        fn nothing_else_is_read(text in ".{0,40}") {
            prop_assert!(decode(&text).is_none() || text.len() == LENGTH);
        }
    }

    #[test]
    fn the_ends_are_what_they_are_everywhere() {
        assert_eq!(written(&[0; 20]), "0".repeat(27));
        assert_eq!(written(&[0xff; 20]), "aWgEPTl1tmebfsQzFP4bxwgy80V");
        assert_eq!(decode("aWgEPTl1tmebfsQzFP4bxwgy80W"), None);
    }
}
