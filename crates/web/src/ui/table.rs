//! Tables: many things of one kind. On a phone each row becomes a card that names its cells.

use super::{
    Button, Icon,
    element::{Attributes, element},
};
use crate::texts::Texts;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// How a column is sorted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Smallest, earliest or first letter at the top.
    Ascending,
    /// Largest, latest or last letter at the top.
    Descending,
}

/// A column: its head, and how its cells stand.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    label: Cow<'a, str>,
    class: &'static str,
    sort_url: Option<Cow<'a, str>>,
    sorted: Option<Sort>,
}

impl<'a> Column<'a> {
    /// A column of words.
    pub fn new(label: impl Into<Cow<'a, str>>) -> Self {
        Self { label: label.into(), class: "", sort_url: None, sorted: None }
    }

    /// A column of numbers: to the right, figures of one width.
    pub fn numeric(mut self) -> Self {
        self.class = "num";
        self
    }

    /// A column of small things (pills, menus) whose head is only for screen readers.
    pub fn bare(mut self) -> Self {
        self.class = "bare";
        self
    }

    /// Can be sorted: the URL of the same list sorted by this column, the other way round if it already is.
    pub fn sortable(mut self, url: impl Into<Cow<'a, str>>, now: Option<Sort>) -> Self {
        self.sort_url = Some(url.into());
        self.sorted = now;
        self
    }
}

/// A row: one cell per column, in order.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    cells: Vec<Markup>,
    href: Option<Cow<'a, str>>,
    choice: Option<(Cow<'a, str>, Cow<'a, str>)>,
    class: &'static str,
}

impl<'a> Row<'a> {
    /// A row of these cells.
    pub fn new(cells: impl IntoIterator<Item = Markup>) -> Self {
        Self { cells: cells.into_iter().collect(), href: None, choice: None, class: "" }
    }

    /// The whole row leads there; the first cell is the link's text. Controls in other cells still work by themselves.
    pub fn link(mut self, href: impl Into<Cow<'a, str>>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// Can be chosen: what is sent under the table's name, and how the row is called.
    pub fn choice(mut self, value: impl Into<Cow<'a, str>>, called: impl Into<Cow<'a, str>>) -> Self {
        self.choice = Some((value.into(), called.into()));
        self
    }

    /// Shown paler: void, archived, past.
    pub fn faded(mut self) -> Self {
        self.class = "is-faded";
        self
    }
}

/// A table. With no rows, show an [`Empty`](super::Empty) instead of it.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    texts: Texts,
    caption: Cow<'a, str>,
    columns: Vec<Column<'a>>,
    rows: Vec<Row<'a>>,
    choice: Option<(Cow<'a, str>, Cow<'a, str>)>,
    foot: Option<Markup>,
}

impl<'a> Table<'a> {
    /// A table; the caption says to screen readers what it lists.
    pub fn new(texts: Texts, caption: impl Into<Cow<'a, str>>) -> Self {
        Self { texts, caption: caption.into(), columns: Vec::new(), rows: Vec::new(), choice: None, foot: None }
    }

    /// The columns, in order.
    pub fn columns(mut self, columns: impl IntoIterator<Item = Column<'a>>) -> Self {
        self.columns = columns.into_iter().collect();
        self
    }

    /// The rows, in order.
    pub fn rows(mut self, rows: impl IntoIterator<Item = Row<'a>>) -> Self {
        self.rows = rows.into_iter().collect();
        self
    }

    /// Rows can be chosen: boxes of this name, for the form around the table; the [`selection_bar`] with this id is
    /// shown while any is.
    pub fn choosable(mut self, name: impl Into<Cow<'a, str>>, bar_id: impl Into<Cow<'a, str>>) -> Self {
        self.choice = Some((name.into(), bar_id.into()));
        self
    }

    /// A last row of sums: `<td>`s, one per column.
    pub fn foot(mut self, cells: Markup) -> Self {
        self.foot = Some(cells);
        self
    }

    fn head(&self) -> Markup {
        html! {
            tr {
                @if self.choice.is_some() {
                    th.choose scope="col" {
                        input.checkbox type="checkbox" aria-label=(self.texts.say("table-select-all"));
                    }
                }
                @for column in &self.columns { (self.column_head(column)) }
            }
        }
    }

    fn column_head(&self, column: &Column<'_>) -> Markup {
        let aria = column.sorted.map(|sort| match sort {
            Sort::Ascending => "ascending",
            Sort::Descending => "descending",
        });
        let icon = match column.sorted {
            Some(Sort::Ascending) => Icon::Up,
            Some(Sort::Descending) => Icon::Down,
            None => Icon::Sort,
        };
        let name = [("column", column.label.as_ref().into())];
        let says = match column.sorted {
            Some(Sort::Ascending) => self.texts.say_with("table-sort-descending", &name),
            Some(Sort::Descending) | None => self.texts.say_with("table-sort-ascending", &name),
        };
        html! {
            th scope="col" class=[Some(column.class).filter(|class| !class.is_empty())] aria-sort=[aria] {
                @match &column.sort_url {
                    Some(url) => a.sort-link href=(url) title=(says) { span { (column.label) } (icon) },
                    None => span { (column.label) },
                }
            }
        }
    }

    fn row(&self, row: &Row<'_>) -> Markup {
        let class = [row.class, if row.href.is_some() { "has-link" } else { "" }].join(" ");
        html! {
            tr class=[Some(class.trim()).filter(|class| !class.is_empty())] {
                @if let (Some((name, _)), Some((value, called))) = (&self.choice, &row.choice) {
                    @let label = self.texts.say_with("table-select-row", &[("name", called.as_ref().into())]);
                    td.choose { input.checkbox type="checkbox" name=(name) value=(value) aria-label=(label); }
                }
                @for (at, (cell, column)) in row.cells.iter().zip(&self.columns).enumerate() {
                    @let attributes = Attributes::new()
                        .maybe("class", Some(column.class).filter(|class| !class.is_empty()))
                        .with("data-label", column.label.as_ref());
                    @let content = html! {
                        @match row.href.as_deref().filter(|_| at == 0) {
                            Some(href) => a.row-link href=(href) { (cell) },
                            None => (cell),
                        }
                    };
                    (element("td", &attributes, content))
                }
            }
        }
    }
}

impl Render for Table<'_> {
    fn render(&self) -> Markup {
        let attributes = Attributes::new()
            .with("class", "list-table")
            .maybe("data-selectable", self.choice.as_ref().map(|(_, bar)| bar.as_ref()));
        let content = html! {
            caption.unseen { (self.caption) }
            thead { (self.head()) }
            tbody { @for row in &self.rows { (self.row(row)) } }
            @if let Some(foot) = &self.foot { tfoot { tr { (foot) } } }
        };
        html! { div.list-table-room { (element("table", &attributes, content)) } }
    }
}

/// The bar of what can be done with the chosen rows; `actions` are submit buttons of the form around the table.
pub fn selection_bar(texts: Texts, id: &str, actions: impl Render) -> Markup {
    html! {
        div.selection-bar id=(id) role="group" {
            p hidden data-tally { b data-count {} " " (texts.say("table-selected")) }
            div.btn-row { (actions) }
        }
    }
}

/// Where in a long list this page is.
#[derive(Clone, Debug, Default)]
pub struct Pagination<'a> {
    /// What is shown: "1–50 of 1,234".
    pub summary: Cow<'a, str>,
    /// URL of the page before, if there is one.
    pub previous: Option<Cow<'a, str>>,
    /// URL of the page after, if there is one.
    pub next: Option<Cow<'a, str>>,
}

impl Pagination<'_> {
    /// As links under the list.
    pub fn show(&self, texts: Texts) -> Markup {
        html! {
            nav.pagination aria-label=(texts.say("pagination")) {
                p { (self.summary) }
                div.btn-row {
                    (turn(self.previous.as_deref(), "prev", texts.say("pagination-previous")).icon(Icon::Left))
                    (turn(self.next.as_deref(), "next", texts.say("pagination-next")).trailing(Icon::Right))
                }
            }
        }
    }
}

fn turn<'a>(url: Option<&'a str>, rel: &'static str, label: String) -> Button<'a> {
    let button = Button::link(url.unwrap_or_default(), label).small().attr("rel", rel);
    if url.is_some() { button } else { button.disabled() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table<'static> {
        let columns =
            [Column::new("Name").sortable("?sort=-name", Some(Sort::Ascending)), Column::new("Paid").numeric()];
        let row = Row::new([html! { "Ana <3" }, html! { "£95" }]).link("/tickets/1").choice("1", "Ana");
        Table::new(Texts::default(), "Attendees").columns(columns).rows([row])
    }

    #[test]
    fn a_table_says_what_it_lists_and_how_it_is_sorted() {
        let html = table().render().into_string();
        assert!(html.contains("<caption class=\"unseen\">Attendees</caption>"));
        assert!(html.contains("aria-sort=\"ascending\"><a class=\"sort-link\" href=\"?sort=-name\""), "{html}");
    }

    #[test]
    fn each_cell_names_its_column_for_narrow_screens() {
        let html = table().render().into_string();
        assert!(html.contains("<td class=\"num\" data-label=\"Paid\">£95</td>"), "{html}");
        assert!(html.contains("<a class=\"row-link\" href=\"/tickets/1\">Ana &lt;3</a>"));
    }

    #[test]
    fn boxes_are_there_only_when_rows_can_be_chosen() {
        assert!(!table().render().into_string().contains("checkbox"));
        let html = table().choosable("tickets", "chosen").render().into_string();
        assert!(html.contains("name=\"tickets\" value=\"1\" aria-label=\"Select Ana\""), "{html}");
    }

    #[test]
    fn the_first_page_leads_only_onwards() {
        let page = Pagination { summary: "1–50 of 90".into(), previous: None, next: Some("?after=x".into()) };
        let html = page.show(Texts::default()).into_string();
        assert_eq!(html.matches("href=").count(), 1, "{html}");
    }
}
