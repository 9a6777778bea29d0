//! The command line. Each option is also an environment variable and a line of `dance-engine.toml`.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::BoolishValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::organisations::TimeZoneName;
use domain::values::{Currency, Email, Slug, Text, Title};
use serde::{Deserialize, Serialize};

/// Ticketing and events for dance organisers.
///
/// Every option can also be given as an environment variable (DANCE_ENGINE_ and its name in capitals, such as
/// DANCE_ENGINE_PUBLIC_URL) or as a line of the file dance-engine.toml in the folder where the program is started
/// (such as public_url = "https://tickets.example.org"). What is typed wins over the environment, and that over the file.
#[derive(Debug, Parser)]
#[command(name = "dance-engine", bin_name = "dance-engine", version, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run everything: pages, API and workers
    Serve(ServeOptions),
    /// The table on Amazon DynamoDB: made, looked at, removed
    #[command(subcommand)]
    Table(TableCommand),
    #[command(flatten)]
    Errand(Errand),
}

/// Commands about the table on DynamoDB. Each may be given again: what is there already stays.
#[derive(Debug, Subcommand)]
pub enum TableCommand {
    /// Make the table: on demand billing, indexes, expiry, point-in-time recovery, protection against deletion, tags
    Create {
        #[command(flatten)]
        store: StoreOptions,
    },
    /// Print what the table is like, as JSON; exits 1 if it is not as it should be
    Describe {
        #[command(flatten)]
        store: StoreOptions,
    },
    /// Remove the table and everything in it
    Delete {
        #[command(flatten)]
        store: StoreOptions,
        /// The table's name once more: nothing brings it back
        #[arg(long, value_name = "NAME")]
        confirm: String,
    },
    /// Print the least IAM policy with which the program runs, for the region that is set
    Policy {
        #[command(flatten)]
        store: StoreOptions,
        /// The 12 digits of the AWS account whose table it is [default: any]
        #[arg(long, value_name = "DIGITS")]
        account: Option<Account>,
    },
    /// Print a CloudFormation template that makes the same table
    Template {
        #[command(flatten)]
        store: StoreOptions,
    },
}

impl TableCommand {
    /// The options of its store.
    pub fn store(&self) -> &StoreOptions {
        match self {
            Self::Create { store }
            | Self::Describe { store }
            | Self::Delete { store, .. }
            | Self::Policy { store, .. }
            | Self::Template { store } => store,
        }
    }
}

/// The number of an AWS account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account(String);

impl Account {
    /// Its 12 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Account {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_one = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_one { Ok(Self(text.to_owned())) } else { Err("an AWS account has 12 digits") }
    }
}

/// Things that are done once, on a store that may be served at the same time.
#[derive(Debug, Subcommand)]
pub enum Errand {
    /// Organisations: the tenants of this installation
    #[command(subcommand)]
    Organisation(OrganisationCommand),
    /// Events, for whoever runs the installation
    #[command(subcommand)]
    Event(EventCommand),
    /// Staff of an organisation
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Administrators of the platform
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Tokens for programs that use the API
    #[command(subcommand)]
    Token(TokenCommand),
    /// Write the whole store as JSON Lines
    Export {
        #[command(flatten)]
        store: StoreOptions,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Read a store that was exported into an empty one
    Import {
        #[command(flatten)]
        store: StoreOptions,
        /// The file to read
        #[arg(long, value_name = "FILE")]
        input: PathBuf,
    },
    /// Copy the store as it is at this moment, also while it is served
    Backup {
        #[command(flatten)]
        store: StoreOptions,
        /// The folder to make
        #[arg(long, value_name = "DIR")]
        output: PathBuf,
    },
    /// Put a backup where no store is yet
    Restore {
        #[command(flatten)]
        store: StoreOptions,
        /// The backup's folder
        #[arg(long, value_name = "DIR")]
        input: PathBuf,
    },
    /// Verify every invariant of the stored data; exits 1 if anything is broken
    Check {
        #[command(flatten)]
        store: StoreOptions,
    },
}

/// Commands about organisations.
#[derive(Debug, Subcommand)]
pub enum OrganisationCommand {
    /// Make a new organisation
    Create {
        #[command(flatten)]
        store: StoreOptions,
        /// Its name in addresses: small letters, digits and hyphens
        #[arg(long)]
        slug: Slug,
        /// Its name
        #[arg(long)]
        name: Title,
        /// What its prices are in: the three capital letters of ISO 4217
        #[arg(long, default_value = "GBP")]
        currency: Currency,
        /// The zone its events begin with
        #[arg(long, default_value = "Europe/London")]
        time_zone: TimeZoneName,
    },
}

/// Commands about events.
#[derive(Debug, Subcommand)]
pub enum EventCommand {
    /// Spread an event over more partitions of the table, before or during a sale that begins with a rush; never fewer
    Shards {
        #[command(flatten)]
        store: StoreOptions,
        /// The organisation's slug
        #[arg(long)]
        organisation: Slug,
        /// The event's slug
        #[arg(long)]
        event: Slug,
        /// Of each stock: about one for every 50 orders a second that are expected
        #[arg(long, value_name = "N")]
        stock: u16,
        /// Of the lists of its orders and tickets: about one for every 100 orders a second
        #[arg(long, value_name = "N")]
        lists: u16,
    },
}

/// Commands about staff.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Add a member of staff, and print their sign-in link
    Invite {
        #[command(flatten)]
        store: StoreOptions,
        /// The organisation's slug
        #[arg(long)]
        organisation: Slug,
        /// Their address
        #[arg(long)]
        email: Email,
        /// What they may do
        #[arg(long)]
        role: RoleWord,
    },
}

/// Commands about administrators.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Make a platform administrator, and print their sign-in link
    Invite {
        #[command(flatten)]
        store: StoreOptions,
        /// Their address
        #[arg(long)]
        email: Email,
    },
}

/// Commands about tokens.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a token and print it, once, alone on one line
    Create {
        #[command(flatten)]
        store: StoreOptions,
        /// The organisation's slug
        #[arg(long, required_unless_present = "platform", conflicts_with = "platform")]
        organisation: Option<Slug>,
        /// What it may do in the organisation
        #[arg(long, required_unless_present = "platform", conflicts_with = "platform")]
        role: Option<RoleWord>,
        /// A token of the platform instead
        #[arg(long)]
        platform: bool,
        /// What it is for, in words
        #[arg(long, default_value = "command line")]
        name: Text<100>,
    },
}

/// What staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[value(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RoleWord {
    /// Everything
    Owner,
    /// Everything but staff and settings
    Manager,
    /// Sell, take money, help with tickets, scan
    BoxOffice,
    /// Scan
    Door,
    /// Write what the public reads
    Content,
}

/// Options of all commands. What is not given is looked for in the environment, then in `dance-engine.toml`.
#[derive(Debug, Clone, Default, Args, Serialize)]
pub struct StoreOptions {
    /// The folder of the embedded store [default: ./data]
    #[arg(long, env = "DANCE_ENGINE_DATA", value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// The table on Amazon DynamoDB where everything is kept instead
    #[arg(long, env = "DANCE_ENGINE_DYNAMODB_TABLE", value_name = "NAME")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dynamodb_table: Option<String>,
    /// Where that DynamoDB is, such as an emulator's http://127.0.0.1:8000 [default: Amazon's, of the region in AWS_REGION]
    #[arg(long, env = "DANCE_ENGINE_DYNAMODB_ENDPOINT", value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dynamodb_endpoint: Option<String>,
    /// Under which address browsers reach the server [default: http:// and the listen address]
    #[arg(long, env = "DANCE_ENGINE_PUBLIC_URL", value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// The installation's secret: 64 hexadecimal digits [default: made once, in the data folder]
    #[arg(long, env = "DANCE_ENGINE_SECRET", value_name = "HEX", hide_env_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// Options of `serve`.
#[derive(Debug, Clone, Default, Args, Serialize)]
pub struct ServeOptions {
    #[command(flatten)]
    #[serde(flatten)]
    store: StoreOptions,
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, env = "DANCE_ENGINE_LISTEN", value_name = "ADDRESS:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<String>,
    /// Fill an empty store with a demonstration festival first
    #[arg(
        long,
        env = "DANCE_ENGINE_DEMO",
        value_name = "true|false",
        value_parser = BoolishValueParser::new(),
        num_args = 0..=1,
        default_missing_value = "true"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    demo: Option<bool>,
    /// The mail server: smtp://host:port or smtps://user:password@host; without one, mail waits
    #[arg(long, env = "DANCE_ENGINE_SMTP", value_name = "URL", hide_env_values = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    smtp: Option<String>,
    /// Who mail comes from [default: tickets@ and the public host]
    #[arg(long, env = "DANCE_ENGINE_MAIL_FROM", value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    mail_from: Option<String>,
    /// Whether this process sends mail [default: true]
    #[arg(
        long,
        env = "DANCE_ENGINE_MAIL_WORKER",
        value_name = "true|false",
        value_parser = BoolishValueParser::new()
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    mail_worker: Option<bool>,
    /// Requests that change something, without a token, a minute and address [default: 600]
    #[arg(long, env = "DANCE_ENGINE_RATE_LIMIT", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    rate_limit: Option<NonZeroU32>,
    /// How many proxies stand in front; their word for a visitor's address counts only then [default: 0]
    #[arg(long, env = "DANCE_ENGINE_TRUSTED_PROXIES", value_name = "N")]
    #[serde(skip_serializing_if = "Option::is_none")]
    trusted_proxies: Option<u32>,
}
