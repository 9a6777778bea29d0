//! The table, as it is written for people in `table.md`, and read.

/// A line of a table: a method and a path, and what each column says.
#[derive(Debug, Clone)]
pub struct Row {
    pub method: String,
    pub path: String,
    pub cells: Vec<(&'static str, &'static str)>,
}

impl Row {
    /// What a column says.
    pub fn cell(&self, column: &str) -> &'static str {
        let found = self.cells.iter().find(|(name, _)| *name == column);
        found.unwrap_or_else(|| panic!("{} {} has no column {column}", self.method, self.path)).1
    }

    pub fn route(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

const TEXT: &str = include_str!("table.md");

/// What the tables write shorter.
const SHORT: [(&str, &str); 4] = [
    ("O", "/api/v1/organisations/{org}"),
    ("E", "/api/v1/organisations/{org}/events/{event}"),
    ("D", "/dashboard/{org}"),
    ("F", "/dashboard/{org}/events/{event}"),
];

/// The tables below a heading.
pub fn table(heading: &str) -> Vec<Row> {
    let mut sections = TEXT.split("\n## ").skip(1);
    let section = sections.find(|section| section.lines().next() == Some(heading)).unwrap();
    let mut columns: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for line in section.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        match cells[0] {
            "route" => columns = cells,
            rule if rule.starts_with("--") => {}
            route => {
                assert_eq!(cells.len(), columns.len(), "{line}");
                let (method, path) = route.trim_matches('`').split_once(' ').unwrap();
                let cells = columns.iter().copied().zip(cells.iter().copied()).skip(1).collect();
                rows.push(Row { method: method.to_owned(), path: whole(path.trim()), cells });
            }
        }
    }
    assert!(!rows.is_empty(), "{heading}");
    rows
}

fn whole(path: &str) -> String {
    for (short, long) in SHORT {
        if let Some(rest) = path.strip_prefix(short)
            && (rest.is_empty() || rest.starts_with('/'))
        {
            return format!("{long}{rest}");
        }
    }
    path.to_owned()
}
