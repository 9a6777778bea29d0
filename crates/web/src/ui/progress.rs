//! How far something is: steps of a purchase, long work, places taken, leaders to followers, time left.

use super::Icon;
use crate::texts::Texts;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// The steps of a purchase or an import; those that are done can be returned to.
#[derive(Clone, Debug)]
pub struct Steps<'a> {
    texts: Texts,
    labels: Vec<(Cow<'a, str>, Option<Cow<'a, str>>)>,
    at: usize,
}

impl<'a> Steps<'a> {
    /// No steps yet; `at` is the current one, from 0. Beyond the last: all are done.
    pub const fn at(texts: Texts, at: usize) -> Self {
        Self { texts, labels: Vec::new(), at }
    }

    /// One more step.
    pub fn step(mut self, label: impl Into<Cow<'a, str>>) -> Self {
        self.labels.push((label.into(), None));
        self
    }

    /// One more step that can be returned to while it is done.
    pub fn step_back_to(mut self, label: impl Into<Cow<'a, str>>, url: impl Into<Cow<'a, str>>) -> Self {
        self.labels.push((label.into(), Some(url.into())));
        self
    }
}

impl Render for Steps<'_> {
    fn render(&self) -> Markup {
        let place = [("at", (self.at + 1).min(self.labels.len()).into()), ("of", self.labels.len().into())];
        html! {
            nav.steps aria-label=(self.texts.say_with("step-of", &place)) {
                ol {
                    @for (index, (label, url)) in self.labels.iter().enumerate() {
                        @let is_done = index < self.at;
                        @let is_now = index == self.at;
                        li.is-done[is_done].is-now[is_now] aria-current=[is_now.then_some("step")] {
                            span.step-mark aria-hidden="true" { @if is_done { (Icon::Check) } @else { (index + 1) } }
                            @match url.as_deref().filter(|_| is_done) {
                                Some(url) => a.step-label href=(url) { (label) },
                                None => span.step-label { (label) },
                            }
                            @if is_done { span.unseen { ", " (self.texts.say("step-done")) } }
                        }
                    }
                }
            }
        }
    }
}

/// A bar from 0 to 1 as SVG, decoration beside its words; parts beyond the whole are cut off.
pub fn bar(class: &str, part: f64) -> Markup {
    let width = if part.is_finite() { part.clamp(0.0, 1.0) * 100.0 } else { 0.0 };
    html! {
        svg class={ "bar " (class) } viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.bar-room width="100" height="8" {}
            rect.bar-part width=(format!("{width:.2}")) height="8" {}
        }
    }
}

/// Places taken of those there are, in words and as a bar. Without a limit, show the number alone.
pub fn capacity(texts: Texts, label: &str, used: u32, of: u32) -> Markup {
    let part = if of == 0 { 1.0 } else { f64::from(used) / f64::from(of) };
    let class = if part >= 1.0 {
        "is-full"
    } else if part >= 0.85 {
        "is-short"
    } else {
        ""
    };
    let words = texts.say_with("capacity-of", &[("used", used.into()), ("of", of.into())]);
    html! {
        div.capacity {
            span.capacity-label { (label) }
            span.capacity-words { (words) @if part >= 1.0 { " · " b { (texts.say("capacity-full")) } } }
            (bar(class, part))
        }
    }
}

/// How two roles stand to each other: "62 leaders", "48 followers", and a bar that meets in between.
pub fn balance(leaders: (&str, u32), followers: (&str, u32)) -> Markup {
    let all = leaders.1.saturating_add(followers.1);
    let part = if all == 0 { 0.5 } else { f64::from(leaders.1) / f64::from(all) };
    html! {
        div.balance {
            span { b { (leaders.1) } " " (leaders.0) }
            span { b { (followers.1) } " " (followers.0) }
            (bar("bar-balance", part))
        }
    }
}

/// Long work: what is being done, how much of it is done, as an element that a partial update replaces.
pub fn progress(texts: Texts, label: &str, done: u32, of: u32) -> Markup {
    let words = texts.say_with("progress-of", &[("done", done.into()), ("of", of.into())]);
    let part = if of == 0 { 0.0 } else { f64::from(done) / f64::from(of) };
    html! {
        div.capacity role="progressbar" aria-label=(label) aria-valuemin="0" aria-valuemax=(of) aria-valuenow=(done)
            aria-valuetext=(words) {
            span.capacity-label { (label) }
            span.capacity-words { (words) }
            (bar("is-working", part))
        }
    }
}

/// Time left, as the server says it ("24 min left"), kept current by script against the server's clock.
#[derive(Clone, Debug)]
pub struct Countdown<'a> {
    /// The end, RFC 3339 in UTC.
    pub until: Cow<'a, str>,
    /// The server's clock now, RFC 3339 in UTC.
    pub now: Cow<'a, str>,
    /// Time left in words, for those without script.
    pub left: Cow<'a, str>,
    /// The id of a hidden element to show instead when time has run out.
    pub ended: Option<Cow<'a, str>>,
}

impl Countdown<'_> {
    /// As a pill with a clock.
    pub fn show(&self, texts: Texts) -> Markup {
        html! {
            time.countdown datetime=(self.until) data-until=(self.until) data-now=(self.now)
                data-ended=[self.ended.as_deref()] data-short=(texts.say("time-is-short")) {
                (Icon::Clock)
                span.unseen { (texts.say("time-left")) " " }
                span data-left { (self.left) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_steps_that_are_done_can_be_returned_to() {
        let steps =
            Steps::at(Texts::default(), 1).step_back_to("Pick", "/pick").step_back_to("Who", "/who").step("Pay");
        let html = steps.render().into_string();
        assert!(html.contains("href=\"/pick\"") && !html.contains("href=\"/who\""), "{html}");
        assert!(html.contains("aria-label=\"Step 2 of 3\"") && html.contains("aria-current=\"step\""));
    }

    #[test]
    fn a_bar_never_leaves_its_room() {
        for (part, width) in [(-1.0, "0.00"), (0.5, "50.00"), (7.0, "100.00"), (f64::NAN, "0.00")] {
            assert!(bar("", part).into_string().contains(&format!("width=\"{width}\"")), "{part}");
        }
    }

    #[test]
    fn an_item_without_places_is_full() {
        assert!(capacity(Texts::default(), "Party", 0, 0).into_string().contains("Full"));
        assert!(!capacity(Texts::default(), "Party", 5, 6).into_string().contains("Full"));
    }

    #[test]
    fn time_left_is_there_without_script() {
        let until = Countdown {
            until: "2026-12-04T18:30:00Z".into(),
            now: "2026-12-04T18:06:00Z".into(),
            left: "24 min".into(),
            ended: None,
        };
        let html = until.show(Texts::default()).into_string();
        assert!(html.contains("data-left>24 min<") && html.contains("data-now=\"2026-12-04T18:06:00Z\""));
    }

    #[test]
    fn nobody_yet_is_in_balance() {
        assert!(balance(("leaders", 0), ("followers", 0)).into_string().contains("width=\"50.00\""));
    }
}
