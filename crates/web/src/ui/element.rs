//! Elements whose attributes are decided at run time (htmx's, data, ARIA), which maud's own syntax cannot say.
//! Everything is escaped here; nothing else in `ui` writes HTML as text.

use maud::{Escaper, Markup, PreEscaped, Render};
use std::{borrow::Cow, fmt::Write};

/// Attributes of one element, in the order they were added. A name is added once: the later value counts.
#[derive(Clone, Debug, Default)]
pub struct Attributes<'a>(Vec<(&'static str, Option<Cow<'a, str>>)>);

impl<'a> Attributes<'a> {
    /// No attributes.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// With `name="value"`; the value is escaped when written. `style` and `on…` are dropped: the content security
    /// policy would refuse them anyway.
    pub fn with(mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.put(name, Some(value.into()));
        self
    }

    /// With an attribute that has no value: `required`, `disabled`.
    pub fn flag(mut self, name: &'static str) -> Self {
        self.put(name, None);
        self
    }

    /// With the attribute only when there is a value.
    pub fn maybe(self, name: &'static str, value: Option<impl Into<Cow<'a, str>>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With the flag only when the condition holds.
    pub fn flag_when(self, condition: bool, name: &'static str) -> Self {
        if condition { self.flag(name) } else { self }
    }

    /// With all of the others as well.
    pub fn and(mut self, others: &Attributes<'a>) -> Self {
        for (name, value) in &others.0 {
            self.put(name, value.clone());
        }
        self
    }

    /// Without the attribute, if it was there.
    pub fn without(mut self, name: &'static str) -> Self {
        self.0.retain(|(known, _)| *known != name);
        self
    }

    fn put(&mut self, name: &'static str, value: Option<Cow<'a, str>>) {
        let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-:_.".contains(&byte));
        if !is_plain || name == "style" || name.starts_with("on") {
            return;
        }
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value));
    }

    fn write(&self, html: &mut String) {
        for (name, value) in &self.0 {
            html.push(' ');
            html.push_str(name);
            if let Some(value) = value {
                html.push_str("=\"");
                let _never_fails = Escaper::new(html).write_str(value);
                html.push('"');
            }
        }
    }
}

/// `<name attributes>content</name>`.
pub fn element(name: &'static str, attributes: &Attributes<'_>, content: impl Render) -> Markup {
    let mut html = String::from("<");
    html.push_str(name);
    attributes.write(&mut html);
    html.push('>');
    content.render_to(&mut html);
    html.push_str("</");
    html.push_str(name);
    html.push('>');
    PreEscaped(html)
}

/// An element without content and end tag: `<input …>`.
pub fn void_element(name: &'static str, attributes: &Attributes<'_>) -> Markup {
    let mut html = String::from("<");
    html.push_str(name);
    attributes.write(&mut html);
    html.push('>');
    PreEscaped(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_and_flags_stand_alone() {
        let attributes = Attributes::new().with("value", "\"><script>").flag("required");
        let html = void_element("input", &attributes).into_string();
        assert_eq!(html, "<input value=\"&quot;&gt;&lt;script&gt;\" required>");
    }

    #[test]
    fn what_the_policy_would_refuse_is_never_written() {
        let attributes = Attributes::new().with("style", "x").with("onclick", "x").with("a b", "x");
        assert_eq!(element("p", &attributes, "Hi <3").into_string(), "<p>Hi &lt;3</p>");
    }

    #[test]
    fn the_later_value_of_a_name_counts() {
        let attributes = Attributes::new().with("type", "text").maybe("type", Some("email")).maybe("id", None::<&str>);
        assert_eq!(void_element("input", &attributes).into_string(), "<input type=\"email\">");
    }
}
