//! Taking units of one place from the shards of its stock.

/// Which shards give so many units, and how many each: the first that has all of them, looked for from `first` on and
/// round; else as few as hold them together, those with the most first. None if all together have fewer.
///
/// `left` is what each shard has; less than nothing counts as nothing. Nothing is asked of none.
pub fn spread(left: &[i64], units: u32, first: usize) -> Option<Vec<(u16, u32)>> {
    let has = |shard: usize| left.get(shard).map_or(0, |left| u32::try_from((*left).max(0)).unwrap_or(u32::MAX));
    let numbered = |shard: usize| u16::try_from(shard).unwrap_or(u16::MAX);
    if units == 0 {
        return Some(Vec::new());
    }
    let count = left.len().max(1);
    if let Some(whole) = (0..left.len()).map(|step| (first + step) % count).find(|shard| has(*shard) >= units) {
        return Some(vec![(numbered(whole), units)]);
    }
    let mut shards: Vec<usize> = (0..left.len()).collect();
    shards.sort_by_key(|shard| std::cmp::Reverse(has(*shard)));
    let (mut wanted, mut given) = (units, Vec::new());
    for shard in shards {
        let some = has(shard).min(wanted);
        if some > 0 {
            given.push((numbered(shard), some));
            wanted -= some;
        }
    }
    (wanted == 0).then_some(given)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_shard_that_has_all_gives_all() {
        assert_eq!(spread(&[5], 5, 0), Some(vec![(0, 5)]));
        assert_eq!(spread(&[5, 9, 7], 6, 2), Some(vec![(2, 6)]));
        assert_eq!(spread(&[5, 9, 3], 6, 2), Some(vec![(1, 6)]), "round to those before");
        assert_eq!(spread(&[1, 1], 0, 1), Some(Vec::new()));
    }

    #[test]
    fn else_as_few_as_hold_it_give_it() {
        assert_eq!(spread(&[2, 4, 3], 6, 0), Some(vec![(1, 4), (2, 2)]));
        assert_eq!(spread(&[2, -4, 3], 5, 0), Some(vec![(2, 3), (0, 2)]));
    }

    #[test]
    fn what_is_not_there_is_not_given() {
        assert_eq!(spread(&[], 1, 0), None);
        assert_eq!(spread(&[2, -9, 3], 6, 1), None);
    }

    proptest! {
        #[test]
        fn what_is_given_is_what_was_asked_for_and_nobody_gives_more_than_they_have(
            left in prop::collection::vec(-3..20_i64, 0..9), units in 0..60_u32, first in 0..40_usize,
        ) {
            let sum: i64 = left.iter().map(|left| (*left).max(0)).sum();
            match spread(&left, units, first) {
                None => prop_assert!(sum < i64::from(units)),
                Some(given) => {
                    prop_assert_eq!(given.iter().map(|(_, units)| units).sum::<u32>(), units);
                    for (shard, some) in given {
                        prop_assert!(some > 0 && i64::from(some) <= left[usize::from(shard)]);
                    }
                }
            }
        }
    }
}
