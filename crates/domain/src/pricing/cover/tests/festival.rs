//! The festival's catalogue, and what it must be covered with.

use crate::pricing::cover::{ItemSet, Offer, cheapest_cover};
use crate::values::Amount;

/// Items with their prices, standard and student.
const ITEMS: [(&str, [i64; 2]); 6] = [
    ("fri-party", [2_500, 1_900]),
    ("sat-classes", [9_000, 7_500]),
    ("sat-dinner", [4_250, 3_850]),
    ("sat-party", [3_000, 2_400]),
    ("sun-classes", [8_500, 7_000]),
    ("sun-party", [2_500, 2_000]),
];

/// Passes with what they include and their prices, standard and student.
const PASSES: [(&str, &str, [i64; 2]); 8] = [
    ("party", "fri-party sat-party sun-party", [6_000, 5_500]),
    ("sunday", "sun-classes sun-party", [9_000, 8_500]),
    ("dine-and-dance", "sat-dinner sat-party", [6_500, 5_500]),
    ("saturday", "sat-classes sat-party", [9_500, 9_000]),
    ("saturday-gala", "sat-classes sat-party sat-dinner", [13_000, 12_500]),
    ("class", "sat-classes sun-classes", [13_000, 12_500]),
    ("full", "fri-party sat-classes sat-party sun-classes sun-party", [16_000, 14_000]),
    ("full-gala", "fri-party sat-classes sat-dinner sat-party sun-classes sun-party", [19_500, 17_500]),
];

const STANDARD: usize = 0;
const STUDENT: usize = 1;

/// What is wanted, at which rate, its total, what is bought, and what comes on top.
const EXAMPLES: [(&str, usize, i64, &str, &str); 30] = [
    ("sat-dinner sun-party", STUDENT, 5_850, "sat-dinner sun-party", ""),
    ("sat-classes sat-party", STUDENT, 9_000, "pass:saturday", ""),
    ("sat-dinner sat-party sun-party", STANDARD, 9_000, "pass:dine-and-dance sun-party", ""),
    ("sat-classes sat-dinner sat-party", STANDARD, 13_000, "pass:saturday-gala", ""),
    ("sat-classes", STUDENT, 7_500, "sat-classes", ""),
    ("sat-dinner sun-classes sun-party", STANDARD, 13_250, "pass:sunday sat-dinner", ""),
    ("fri-party sat-classes sat-dinner sat-party sun-classes", STANDARD, 19_500, "pass:full-gala", "sun-party"),
    ("sat-dinner sat-party sun-classes sun-party", STUDENT, 14_000, "pass:dine-and-dance pass:sunday", ""),
    ("fri-party sat-party", STANDARD, 5_500, "fri-party sat-party", ""),
    ("fri-party sat-classes sat-dinner sat-party sun-classes sun-party", STUDENT, 17_500, "pass:full-gala", ""),
    ("fri-party", STANDARD, 2_500, "fri-party", ""),
    ("fri-party sat-dinner sat-party", STUDENT, 7_400, "fri-party pass:dine-and-dance", ""),
    ("fri-party sat-classes sat-party sun-classes sun-party", STANDARD, 16_000, "pass:full", ""),
    ("fri-party sat-classes sat-party sun-party", STANDARD, 14_500, "fri-party pass:saturday sun-party", ""),
    ("fri-party sat-classes sat-party", STUDENT, 10_900, "fri-party pass:saturday", ""),
    (
        "fri-party sat-classes sat-dinner sun-party",
        STANDARD,
        18_000,
        "fri-party pass:saturday-gala sun-party",
        "sat-party",
    ),
    ("sat-dinner sat-party sun-classes", STUDENT, 12_500, "pass:dine-and-dance sun-classes", ""),
    ("fri-party sat-party sun-classes", STANDARD, 14_000, "fri-party sat-party sun-classes", ""),
    ("fri-party", STUDENT, 1_900, "fri-party", ""),
    ("fri-party sun-classes sun-party", STANDARD, 11_500, "fri-party pass:sunday", ""),
    ("sat-dinner sun-party", STANDARD, 6_750, "sat-dinner sun-party", ""),
    ("fri-party sat-classes sat-dinner sat-party", STANDARD, 15_500, "fri-party pass:saturday-gala", ""),
    ("fri-party sun-classes sun-party", STUDENT, 10_400, "fri-party pass:sunday", ""),
    ("fri-party sat-classes sun-party", STANDARD, 14_000, "fri-party sat-classes sun-party", ""),
    ("fri-party sat-dinner", STANDARD, 6_750, "fri-party sat-dinner", ""),
    ("sat-classes sat-dinner sun-classes", STUDENT, 16_350, "pass:class sat-dinner", ""),
    ("fri-party sat-dinner sun-classes", STANDARD, 15_250, "fri-party sat-dinner sun-classes", ""),
    ("fri-party sat-classes sat-dinner sun-classes", STANDARD, 19_500, "pass:full-gala", "sat-party sun-party"),
    ("sat-classes sat-party sun-classes sun-party", STANDARD, 16_000, "pass:full", "fri-party"),
    ("sat-classes sat-dinner", STANDARD, 13_000, "pass:saturday-gala", "sat-party"),
];

fn items(names: &str) -> ItemSet {
    names.split_whitespace().filter_map(|name| ITEMS.iter().position(|item| item.0 == name)).collect()
}

#[test]
fn the_festivals_examples_are_met_whatever_the_order_of_the_offers() {
    for (wanted, rate, total, bought, extras) in EXAMPLES {
        let passes = PASSES.map(|(name, includes, prices)| (format!("pass:{name}"), items(includes), prices));
        let alone = ITEMS.map(|(name, prices)| (name.to_owned(), items(name), prices));
        let mut things: Vec<(String, ItemSet, [i64; 2])> = passes.into_iter().chain(alone).collect();
        for _ in 0..2 {
            let offers: Vec<Offer> =
                things.iter().map(|thing| Offer { gives: thing.1, price: Amount::minor(thing.2[rate]) }).collect();
            let cover = cheapest_cover(&offers, items(wanted)).unwrap();
            let mut names: Vec<&str> = cover.iter().map(|index| things[*index].0.as_str()).collect();
            names.sort_unstable();
            assert_eq!(names.join(" "), bought, "{wanted}");
            assert_eq!(
                cover.iter().map(|index| offers[*index].price).sum::<Amount>(),
                Amount::minor(total),
                "{wanted}"
            );
            let given = cover.iter().fold(ItemSet::default(), |all, index| all.and(offers[*index].gives));
            assert_eq!(given.without(items(wanted)), items(extras), "{wanted}");
            things.reverse();
        }
    }
}
