//! Charts as SVG from the server, each with its figures in a table beside it: nothing is told by a picture alone.

use super::{
    progress::bar,
    statistic::{path, spread},
};
use crate::texts::Texts;
use maud::{Markup, html};
use std::borrow::Cow;

/// One value of a chart: its name, its size, and the size as people read it.
#[derive(Clone, Debug)]
pub struct Datum<'a> {
    label: Cow<'a, str>,
    value: f64,
    shown: Cow<'a, str>,
}

impl<'a> Datum<'a> {
    /// A value; negative and infinite ones are drawn as 0.
    pub fn new(label: impl Into<Cow<'a, str>>, value: f64, shown: impl Into<Cow<'a, str>>) -> Self {
        let value = if value.is_finite() { value.max(0.0) } else { 0.0 };
        Self { label: label.into(), value, shown: shown.into() }
    }
}

/// Values side by side as bars, in the order given: sales by pass.
pub fn bars(title: &str, data: &[Datum<'_>]) -> Markup {
    let most = most(data);
    html! {
        figure.chart {
            figcaption { (title) }
            // The list is the table: each bar stands beside its name and number.
            dl.chart-bars {
                @for datum in data {
                    div {
                        dt { (datum.label) }
                        dd { (bar("series-0", datum.value / most)) span { (datum.shown) } }
                    }
                }
            }
        }
    }
}

/// Parts of a whole, at most about six: tickets by rate. `whole` is said in the middle: the sum and its name.
pub fn donut(title: &str, whole: (&str, &str), data: &[Datum<'_>]) -> Markup {
    let sum = data.iter().map(|datum| datum.value).sum::<f64>();
    let mut start = 0.0;
    let arcs: Vec<(f64, f64)> = data
        .iter()
        .map(|datum| {
            let part = if sum > 0.0 { datum.value / sum * 100.0 } else { 0.0 };
            let arc = (part, start);
            start += part;
            arc
        })
        .collect();
    html! {
        figure.chart {
            figcaption { (title) }
            div.donut {
                div.donut-ring {
                    svg viewBox="0 0 42 42" aria-hidden="true" focusable="false" {
                        circle.donut-room cx="21" cy="21" r="15.9155" {}
                        @for (at, (part, from)) in arcs.iter().enumerate().filter(|(_, (part, _))| *part > 0.0) {
                            // A hair's breadth between the parts, unless one is everything.
                            @let shown = if *part < 100.0 { (part - 0.8).max(0.2) } else { 100.0 };
                            circle class={ "donut-part series-" (at % 6) } cx="21" cy="21" r="15.9155" pathLength="100"
                                stroke-dasharray=(format!("{shown:.2} {:.2}", 100.0 - shown)) stroke-dashoffset=(format!("{:.2}", 25.0 - from)) {
                                }
                        }
                    }
                    p { b { (whole.0) } span { (whole.1) } }
                }
                dl.legend {
                    @for (at, (datum, (part, _))) in data.iter().zip(&arcs).enumerate() {
                        div {
                            dt { (swatch(at)) (datum.label) }
                            dd { (datum.shown) small { (format!("{part:.0} %")) } }
                        }
                    }
                }
            }
        }
    }
}

/// A series over time as an area, with an earlier one as a dashed line beside it: sales against the last edition.
#[derive(Clone, Debug)]
pub struct Area<'a> {
    title: Cow<'a, str>,
    name: Cow<'a, str>,
    data: Vec<Datum<'a>>,
    before: Option<(Cow<'a, str>, Vec<Datum<'a>>)>,
    top: Cow<'a, str>,
}

impl<'a> Area<'a> {
    /// A series, oldest first; `name` is said in the legend, `top` is its highest value as people read it.
    pub fn new(title: impl Into<Cow<'a, str>>, name: impl Into<Cow<'a, str>>, data: Vec<Datum<'a>>) -> Self {
        let highest = data.iter().max_by(|a, b| a.value.total_cmp(&b.value));
        let top = highest.map_or(Cow::Borrowed("0"), |datum| datum.shown.clone());
        Self { title: title.into(), name: name.into(), data, before: None, top }
    }

    /// An earlier series of the same steps to compare with.
    pub fn before(mut self, name: impl Into<Cow<'a, str>>, data: Vec<Datum<'a>>) -> Self {
        if most(&data) > most(&self.data) {
            let highest = data.iter().max_by(|a, b| a.value.total_cmp(&b.value));
            self.top = highest.map_or(self.top, |datum| datum.shown.clone());
        }
        self.before = Some((name.into(), data));
        self
    }

    /// The chart, its legend, and its figures behind a disclosure.
    pub fn show(&self, texts: Texts) -> Markup {
        let most = self.before.iter().map(|(_, data)| most(data)).fold(most(&self.data), f64::max);
        let points = scaled(&self.data, most);
        let ends = points.first().zip(points.last());
        html! {
            figure.chart {
                figcaption { (self.title) }
                div.area {
                    p.area-top aria-hidden="true" { (self.top) }
                    svg viewBox="0 0 600 180" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                        @for y in [0.5, 60.0, 120.0, 179.5] { line.area-grid x1="0" x2="600" y1=(y) y2=(y) {} }
                        @if let Some(((first, _), (last, _))) = ends {
                            path.area-ground d={ (path(&points)) "L" (last) " 180L" (first) " 180Z" } {}
                        }
                        @if let Some((_, before)) = &self.before { path.area-before d=(path(&scaled(before, most))) {} }
                        path.area-line d=(path(&points)) {}
                    }
                    p.area-steps aria-hidden="true" { @for datum in self.marks() { span { (datum.label) } } }
                }
                p.chart-legend {
                    span { (swatch(0)) (self.name) }
                    @if let Some((name, _)) = &self.before { span { span.swatch-before {} (name) } }
                }
                (self.figures(texts))
            }
        }
    }

    /// The steps that are named under the chart: the first, the last, and up to three between.
    fn marks(&self) -> Vec<&Datum<'a>> {
        let every = self.data.len().saturating_sub(1).div_ceil(4).max(1);
        let last = self.data.len().saturating_sub(1);
        let is_mark = |at: usize| at == last || (at.is_multiple_of(every) && at + every / 2 < last);
        self.data.iter().enumerate().filter(|(at, _)| is_mark(*at)).map(|(_, datum)| datum).collect()
    }

    fn figures(&self, texts: Texts) -> Markup {
        let before = self.before.as_ref();
        html! {
            details.chart-figures {
                summary { (texts.say("chart-table")) }
                table.figures {
                    thead {
                        tr {
                            th scope="col" { (self.title) }
                            th.num scope="col" { (self.name) }
                            @if let Some((name, _)) = before { th.num scope="col" { (name) } }
                        }
                    }
                    tbody {
                        @for (at, datum) in self.data.iter().enumerate() {
                            tr {
                                th scope="row" { (datum.label) }
                                td.num { (datum.shown) }
                                @if let Some((_, data)) = before {
                                    td.num { @if let Some(datum) = data.get(at) { (datum.shown) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A square in the colour of a series, for legends.
pub fn swatch(series: usize) -> Markup {
    html! {
        svg class={ "swatch series-" (series % 6) } viewBox="0 0 10 10" aria-hidden="true" focusable="false" {
            rect width="10" height="10" rx="3" {}
        }
    }
}

/// Sizes as a small heat map row of squares, darkest for the most: check-ins by quarter of an hour.
pub fn heat(title: &str, data: &[Datum<'_>]) -> Markup {
    let most = most(data);
    html! {
        figure.chart {
            figcaption { (title) }
            ol.heat {
                @for datum in data {
                    @let label = format!("{}: {}", datum.label, datum.shown);
                    li title=(label) {
                        span.unseen { (label) }
                        svg viewBox="0 0 10 10" aria-hidden="true" focusable="false" {
                            rect.heat-room width="10" height="10" rx="2" {}
                            rect.heat-part width="10" height="10" rx="2" opacity=(format!("{:.2}", datum.value / most)) {
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The greatest value, at least a little above 0 so that it can be divided by.
fn most(data: &[Datum<'_>]) -> f64 {
    data.iter().map(|datum| datum.value).fold(f64::MIN_POSITIVE, f64::max)
}

/// Places of a series in the chart's room, where the greatest of all series nearly touches the top.
fn scaled(data: &[Datum<'_>], most: f64) -> Vec<(f64, f64)> {
    let values: Vec<f64> = data.iter().map(|datum| datum.value).collect();
    let steps = spread(&values, 600.0, 180.0);
    steps.into_iter().zip(values).map(|((x, _), value)| (x, (180.0 - value / most * 172.0).round())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> Vec<Datum<'static>> {
        vec![
            Datum::new("Full Pass", 300.0, "£300"),
            Datum::new("Party", 100.0, "£100"),
            Datum::new("Gift", -5.0, "−£5"),
        ]
    }

    #[test]
    fn every_bar_stands_beside_its_name_and_number() {
        let html = bars("By pass", &data()).into_string();
        assert!(html.contains("<dt>Party</dt>") && html.contains("£100") && html.contains("width=\"33.33\""));
        assert!(html.contains("width=\"0.00\""), "a negative value is drawn as 0");
    }

    #[test]
    fn the_parts_of_a_donut_follow_each_other_and_name_their_share() {
        let html = donut("By rate", ("400", "tickets"), &data()).into_string();
        assert!(
            html.contains("75 %")
                && html.contains("stroke-dashoffset=\"25.00\"")
                && html.contains("stroke-dashoffset=\"-50.00\"")
        );
        assert_eq!(html.matches("donut-part").count(), 2, "a part of nothing is not drawn");
    }

    #[test]
    fn charts_of_nothing_are_drawn_without_fault() {
        for html in [
            bars("x", &[]),
            donut("x", ("0", ""), &[]),
            heat("x", &[]),
            Area::new("x", "y", vec![]).show(Texts::default()),
        ] {
            assert!(!html.into_string().contains("NaN"));
        }
        assert!(!donut("x", ("0", ""), &[Datum::new("a", 0.0, "0")]).into_string().contains("NaN"));
    }

    #[test]
    fn an_area_has_its_figures_in_a_table() {
        let html =
            Area::new("Sales", "This year", data()).before("Last year", data()).show(Texts::default()).into_string();
        assert_eq!(html.matches("<tr>").count(), 4);
        assert!(html.contains("Show the figures"));
    }

    #[test]
    fn two_series_share_one_scale() {
        let small = vec![Datum::new("a", 10.0, "10"), Datum::new("b", 20.0, "20")];
        let area = Area::new("x", "y", small).before("z", data());
        assert_eq!(area.top, "£300");
    }
}
