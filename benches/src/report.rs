//! What was measured, as it is printed: a figure, what it is held against, and the budget if there is one.

use std::fmt;

/// All figures, in the order in which they were taken.
#[derive(Debug, Default)]
pub struct Report {
    lines: Vec<Line>,
    /// Baselines by name: what the ratios refer to.
    baselines: Vec<(&'static str, f64)>,
    section: String,
}

#[derive(Debug)]
struct Line {
    section: String,
    what: String,
    figure: String,
    beside: String,
}

/// Whether more or less is better than a budget.
#[derive(Debug, Clone, Copy)]
pub enum Budget {
    /// At least so much.
    AtLeast(f64),
    /// At most so much.
    AtMost(f64),
}

impl Budget {
    fn says(self, value: f64) -> String {
        let (word, limit, met) = match self {
            Self::AtLeast(limit) => ("at least", limit, value >= limit),
            Self::AtMost(limit) => ("at most", limit, value <= limit),
        };
        format!("{word} {}: {}", shown(limit), if met { "met" } else { "MISSED" })
    }
}

impl Report {
    /// The lines that follow stand under this heading.
    pub fn section(&mut self, title: &str) -> &mut Self {
        title.clone_into(&mut self.section);
        self
    }

    /// A baseline: measured so that others can be held against it.
    pub fn baseline(&mut self, name: &'static str, what: &str, value: f64, unit: &str) {
        self.baselines.push((name, value));
        self.line(what, format!("{} {unit}", shown(value)), format!("baseline: {name}"));
    }

    /// A figure with its budget, and its ratio to a baseline.
    pub fn figure(&mut self, what: &str, (value, unit): (f64, &str), budget: Budget, against: Option<&'static str>) {
        let mut beside = budget.says(value);
        let found = against.and_then(|name| self.baselines.iter().find(|(other, _)| *other == name));
        if let Some((name, base)) = found {
            beside = format!("{beside}; {:.2} × {name}", value / base);
        }
        self.line(what, format!("{} {unit}", shown(value)), beside);
    }

    /// Something that is said and not judged.
    pub fn note(&mut self, what: &str, figure: String) {
        self.line(what, figure, String::new());
    }

    fn line(&mut self, what: &str, figure: String, beside: String) {
        self.lines.push(Line { section: self.section.clone(), what: what.to_owned(), figure, beside });
    }
}

/// A number as people read it.
fn shown(value: f64) -> String {
    match value {
        value if value.abs() >= 100.0 => format!("{value:.0}"),
        value if value.abs() >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.3}"),
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut section = "";
        for line in &self.lines {
            if line.section != section {
                section = &line.section;
                writeln!(f, "\n{section}")?;
            }
            writeln!(f, "  {:<44} {:>18}   {}", line.what, line.figure, line.beside)?;
        }
        Ok(())
    }
}
