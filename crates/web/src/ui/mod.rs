//! The components that every face is made of: plain values in, HTML out, each with its CSS beside it.
//!
//! They know how things look and behave (labels, focus, contrast, narrow screens, no script); they know neither the
//! engine nor a URL. Those with words of their own take the reader's [`Texts`](crate::texts::Texts); everything else
//! that people read is given to them. All are shown together by [`gallery::page`].
//!
//! One more component: a file here with its test, a `.css` beside it that is imported in `browser/base.css`, its words
//! in `locales/*/components.ftl`, and a place in the gallery.

pub mod badge;
pub mod brand;
pub mod button;
pub mod chart;
pub mod choice;
pub mod dashboard;
pub mod dialog;
pub mod element;
pub mod facts;
pub mod field;
pub mod form;
pub mod gallery;
pub mod hero;
pub mod icons;
pub mod message;
pub mod navigation;
pub mod offer;
pub mod page;
pub mod poster;
pub mod price;
pub mod progress;
pub mod qr;
pub mod scan;
pub mod statistic;
pub mod table;
pub mod tone;
pub mod verdict;

pub use badge::Pill;
pub use button::Button;
pub use choice::{Card, Choices, Tick};
pub use dashboard::{Account, Dashboard, NavGroup, PaletteEntry};
pub use dialog::Dialog;
pub use element::Attributes;
pub use facts::Happening;
pub use field::{Choice, Field, field_id};
pub use hero::Hero;
pub use icons::Icon;
pub use message::Empty;
pub use navigation::NavLink;
pub use offer::{ItemRow, Line, PassCard, Quantity, Summary};
pub use page::{Face, Page};
pub use price::{Left, Price};
pub use progress::{Countdown, Steps};
pub use scan::Scanner;
pub use statistic::Statistic;
pub use table::{Column, Pagination, Row, Sort, Table};
pub use tone::Tone;
pub use verdict::{Verdict, VerdictPanel, Wristband};
