//! Figures at a glance: a tile with a number, how it moved, and its recent past as a line.

use super::{Icon, Tone};
use maud::{Markup, Render, html};
use std::{borrow::Cow, fmt::Write};

/// A tile. Numbers come as people read them: "£12,480", "345".
#[derive(Clone, Debug)]
pub struct Statistic<'a> {
    label: Cow<'a, str>,
    value: Cow<'a, str>,
    change: Option<(Tone, Icon, Cow<'a, str>)>,
    detail: Option<Cow<'a, str>>,
    past: Vec<f64>,
    href: Option<Cow<'a, str>>,
}

impl<'a> Statistic<'a> {
    /// A number and what it counts.
    pub fn new(label: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        let (label, value) = (label.into(), value.into());
        Self { label, value, change: None, detail: None, past: Vec::new(), href: None }
    }

    /// More than before, and that is good: "+12 %".
    pub fn risen(mut self, by: impl Into<Cow<'a, str>>) -> Self {
        self.change = Some((Tone::Good, Icon::Trend, by.into()));
        self
    }

    /// Less than before, and that is not.
    pub fn fallen(mut self, by: impl Into<Cow<'a, str>>) -> Self {
        self.change = Some((Tone::Bad, Icon::Fall, by.into()));
        self
    }

    /// What it is compared with, or a part of it: "than last edition".
    pub fn detail(mut self, detail: impl Into<Cow<'a, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Its recent past, oldest first, as a small line. Decoration: the figures are elsewhere.
    pub fn past(mut self, values: impl IntoIterator<Item = f64>) -> Self {
        self.past = values.into_iter().collect();
        self
    }

    /// The whole tile leads there.
    pub fn link(mut self, href: impl Into<Cow<'a, str>>) -> Self {
        self.href = Some(href.into());
        self
    }
}

impl Render for Statistic<'_> {
    fn render(&self) -> Markup {
        html! {
            div.statistic {
                p.statistic-label {
                    @match &self.href { Some(href) => a.row-link href=(href) { (self.label) }, None => (self.label) }
                }
                p.statistic-value { (self.value) }
                @if self.change.is_some() || self.detail.is_some() {
                    p.statistic-detail {
                        @if let Some((tone, icon, by)) = &self.change {
                            span class={ "statistic-change tone-" (tone.class()) } { (icon) (by) }
                        }
                        @if let Some(detail) = &self.detail { span { (detail) } }
                    }
                }
                (sparkline(&self.past))
            }
        }
    }
}

/// Tiles side by side.
pub fn tiles<'a>(tiles: impl IntoIterator<Item = Statistic<'a>>) -> Markup {
    html! { div.statistics { @for tile in tiles { (tile) } } }
}

/// Values as a line with a soft ground, from the first to the last. Fewer than two: nothing.
pub fn sparkline(values: &[f64]) -> Markup {
    let points = spread(values, 100.0, 28.0);
    let Some(((first, _), (last, _))) = points.first().zip(points.last()) else { return html! {} };
    let line = path(&points);
    html! {
        @if points.len() > 1 {
            svg.sparkline viewBox="0 -2 100 32" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                path.sparkline-ground d={ (line) "L" (last) " 30L" (first) " 30Z" } {}
                path.sparkline-line d=(line) {}
            }
        }
    }
}

/// Places of values in a room of this width and height: evenly from the left, 0 (or the least) at the bottom.
pub(super) fn spread(values: &[f64], width: f64, height: f64) -> Vec<(f64, f64)> {
    let values: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let least = values.iter().copied().fold(0.0, f64::min);
    let most = values.iter().copied().fold(least, f64::max);
    let span = if most > least { most - least } else { 1.0 };
    let steps = u32::try_from(values.len().saturating_sub(1)).map_or(1.0, |n| f64::from(n.max(1)));
    let at = |index: usize| u32::try_from(index).map_or(width, |index| width * f64::from(index) / steps);
    let round = |number: f64| (number * 100.0).round() / 100.0;
    values
        .iter()
        .enumerate()
        .map(|(index, value)| (round(at(index)), round(height - (value - least) / span * height)))
        .collect()
}

/// Straight lines through these places, as the `d` of an SVG path.
pub(super) fn path(points: &[(f64, f64)]) -> String {
    let mut d = String::new();
    for (at, (x, y)) in points.iter().enumerate() {
        let _never_fails = write!(d, "{}{x} {y}", if at == 0 { 'M' } else { 'L' });
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fill_their_room_from_zero() {
        assert_eq!(spread(&[0.0, 5.0, 10.0], 100.0, 28.0), [(0.0, 28.0), (50.0, 14.0), (100.0, 0.0)]);
        assert_eq!(spread(&[7.0, 7.0], 100.0, 28.0), [(0.0, 0.0), (100.0, 0.0)]);
        assert_eq!(spread(&[0.0, 0.0], 100.0, 28.0), [(0.0, 28.0), (100.0, 28.0)]);
    }

    #[test]
    fn no_past_draws_no_line() {
        assert_eq!(sparkline(&[]).into_string(), "");
        assert_eq!(sparkline(&[4.0]).into_string(), "");
        assert_eq!(sparkline(&[f64::NAN, 4.0]).into_string(), "");
    }

    #[test]
    fn a_change_has_a_direction_as_well_as_a_colour() {
        let html = Statistic::new("Sales", "£95").fallen("−3 %").past([1.0, 2.0]).render().into_string();
        assert!(html.contains("tone-bad") && html.contains("−3 %") && html.contains("sparkline-line"));
    }
}
