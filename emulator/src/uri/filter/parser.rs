//! `$filter`, parsed once into a tree. FetchXML makes the same tree.

use super::aliases::Aliases;
use super::split::{closing, split};
use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::value::{date, guid, instant};

/// Deeper than this, no filter is read.
const MOST_LEVELS: usize = 100;

/// No path leads through more properties, and no lambda is within more others.
const LONGEST_PATH: usize = 12;
const MOST_LAMBDAS: usize = 8;

/// Refuses a path through too many properties.
pub(super) fn too_long_a_path() -> Refusal {
    Refusal::query_not_supported(format!("A path leads through no more than {LONGEST_PATH} properties."))
}

/// A path, as sorting and grouping have it.
pub(super) fn short_path(text: &str) -> Result<Vec<String>> {
    let path: Vec<String> = text.split('/').map(str::to_owned).collect();
    if path.len() > LONGEST_PATH { Err(too_long_a_path()) } else { Ok(path) }
}

/// A condition on a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter {
    /// All of them; with none, always.
    All(Vec<Filter>),
    /// Any of them; with none, never.
    Any(Vec<Filter>),
    Not(Box<Filter>),
    Compare {
        comparison: Comparison,
        left: Vec<String>,
        right: Operand,
    },
    /// A T-SQL `LIKE` pattern.
    Like {
        path: Vec<String>,
        pattern: String,
    },
    /// `any` or `all` of the records of a collection.
    Lambda {
        path: Vec<String>,
        all: bool,
        condition: Box<Filter>,
    },
    /// A query function, by its bare name.
    Function {
        name: String,
        path: Vec<String>,
        arguments: Vec<Argument>,
    },
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

impl Comparison {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "eq" => Self::Eq,
            "ne" => Self::Ne,
            "gt" => Self::Gt,
            "ge" => Self::Ge,
            "lt" => Self::Lt,
            "le" => Self::Le,
            _ => return None,
        })
    }

    /// The same comparison with its sides exchanged.
    fn turned(self) -> Self {
        match self {
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            same => same,
        }
    }

    /// The name that OData gives the operator in messages.
    pub(crate) fn odata_name(self) -> &'static str {
        match self {
            Self::Eq => "Equal",
            Self::Ne => "NotEqual",
            Self::Gt => "GreaterThan",
            Self::Ge => "GreaterThanOrEqual",
            Self::Lt => "LessThan",
            Self::Le => "LessThanOrEqual",
        }
    }
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Path(Vec<String>),
    Literal(Literal),
}

/// A literal of the URL syntax.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Guid(String),
    Date(String),
    /// Microseconds.
    Instant(i64),
    /// A value of FetchXML, whose type is that of its column.
    Untyped(String),
}

impl Literal {
    /// The type in messages.
    pub(crate) fn edm(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "Edm.Boolean",
            Self::Number(text) if text.contains(['.', 'e', 'E']) => "Edm.Decimal",
            Self::Number(_) => "Edm.Int32",
            Self::Text(_) | Self::Untyped(_) => "Edm.String",
            Self::Guid(_) => "Edm.Guid",
            Self::Date(_) => "Edm.Date",
            Self::Instant(_) => "Edm.DateTimeOffset",
        }
    }
}

/// An argument of a query function.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Argument {
    One(Literal),
    Many(Vec<String>),
}

/// Reads the expressions of the URL syntax.
pub(crate) struct Parser<'a> {
    text: &'a str,
    at: usize,
    aliases: &'a Aliases,
    /// The range variables of the lambdas around, innermost last.
    variables: Vec<String>,
    levels: usize,
}

impl<'a> Parser<'a> {
    /// Parses a whole filter.
    pub(crate) fn filter(text: &'a str, aliases: &'a Aliases) -> Result<Filter> {
        let mut parser = Self::new(text, aliases);
        let filter = parser.any()?;
        parser.end()?;
        Ok(filter)
    }

    /// Parses a literal, or an alias that stands for one.
    pub(crate) fn literal(text: &'a str, aliases: &'a Aliases) -> Result<Literal> {
        let mut parser = Self::new(text, aliases);
        let literal = match parser.operand()? {
            Operand::Literal(literal) => literal,
            Operand::Path(path) => return Err(parser.problem(&format!("'{}' is no literal", path.join("/")))),
        };
        parser.end()?;
        Ok(literal)
    }

    fn new(text: &'a str, aliases: &'a Aliases) -> Self {
        Self { text, at: 0, aliases, variables: Vec::new(), levels: 0 }
    }

    fn problem(&self, what: &str) -> Refusal {
        Refusal::bad(format!("Syntax error at position {} in '{}': {what}.", self.at, self.text))
    }

    fn unterminated(&self, position: usize) -> Refusal {
        Refusal::bad(format!("There is an unterminated literal at position {position} in '{}'.", self.text))
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn end(&mut self) -> Result<()> {
        self.blanks();
        let rest = self.rest();
        if rest.is_empty() {
            return Ok(());
        }
        // An undoubled quote ends a text early, and one quote is left over.
        if let (1, Some(place)) = (rest.matches('\'').count() % 2, rest.rfind('\'')) {
            return Err(self.unterminated(self.at + place));
        }
        Err(self.problem("the expression ends before the text does"))
    }

    fn take(&mut self, wanted: &str) -> bool {
        self.blanks();
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    fn expect(&mut self, wanted: &str) -> Result<()> {
        if self.take(wanted) { Ok(()) } else { Err(self.problem(&format!("'{wanted}' is missing"))) }
    }

    /// Takes a word if it is followed by something that cannot belong to it.
    fn word(&mut self, wanted: &str) -> bool {
        self.blanks();
        let Some(after) = self.rest().strip_prefix(wanted) else { return false };
        let ends = after.chars().next().is_none_or(|next| next.is_whitespace() || next == '(');
        if ends {
            self.at += wanted.len();
        }
        ends
    }

    fn deeper(&mut self) -> Result<()> {
        self.levels += 1;
        if self.levels > MOST_LEVELS {
            return Err(Refusal::bad(
                "The node count limit of the query was exceeded: it is nested too deeply.",
            ));
        }
        Ok(())
    }

    fn any(&mut self) -> Result<Filter> {
        self.deeper()?;
        let mut all = vec![self.all()?];
        while self.word("or") {
            all.push(self.all()?);
        }
        self.levels -= 1;
        Ok(if all.len() == 1 { all.remove(0) } else { Filter::Any(all) })
    }

    fn all(&mut self) -> Result<Filter> {
        let mut all = vec![self.unary()?];
        while self.word("and") {
            all.push(self.unary()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Filter::All(all) })
    }

    fn unary(&mut self) -> Result<Filter> {
        if self.word("not") {
            self.deeper()?;
            let inner = self.unary()?;
            self.levels -= 1;
            if matches!(inner, Filter::Function { .. }) {
                return Err(Refusal::query_not_supported(
                    "The 'not' operator cannot be used before a query function.",
                ));
            }
            return Ok(Filter::Not(Box::new(inner)));
        }
        if self.take("(") {
            let inner = self.any()?;
            self.expect(")")?;
            return Ok(inner);
        }
        self.condition()
    }

    /// A comparison, or a call that is a condition by itself.
    fn condition(&mut self) -> Result<Filter> {
        self.blanks();
        let name = self.name();
        if !name.is_empty() && self.rest()[name.len()..].starts_with('(') {
            self.at += name.len() + 1;
            return self.call(name);
        }
        let left = self.operand()?;
        self.blanks();
        let word: &str =
            self.rest().split(|each: char| !each.is_ascii_alphabetic()).next().unwrap_or_default();
        let Some(comparison) = Comparison::from_name(word) else {
            return match (word, left) {
                ("" | "and" | "or", Operand::Path(path)) => Ok(Filter::Compare {
                    comparison: Comparison::Eq,
                    left: path,
                    right: Operand::Literal(Literal::Bool(true)),
                }),
                ("" | "and" | "or", Operand::Literal(Literal::Bool(flag))) => {
                    Ok(if flag { Filter::All(Vec::new()) } else { Filter::Any(Vec::new()) })
                }
                ("add" | "sub" | "mul" | "div" | "mod" | "in" | "has", _) => {
                    Err(Refusal::query_not_supported(format!("The operator '{word}' is not supported.")))
                }
                _ => Err(self.problem("a comparison operator is missing")),
            };
        };
        self.at += word.len();
        let right = self.operand()?;
        match (left, right) {
            (Operand::Path(left), right) => Ok(Filter::Compare { comparison, left, right }),
            (left @ Operand::Literal(_), Operand::Path(path)) => {
                Ok(Filter::Compare { comparison: comparison.turned(), left: path, right: left })
            }
            _ => Err(Refusal::query_not_supported("A comparison of two literals is not supported.")),
        }
    }

    /// A name with dots and slashes, not taken yet.
    fn name(&self) -> &'a str {
        let rest = self.rest();
        if !rest.starts_with(|each: char| each.is_ascii_alphabetic() || each == '_')
            || starting_guid(rest).is_some()
        {
            return "";
        }
        let end = rest
            .find(|each: char| !(each.is_ascii_alphanumeric() || "_./".contains(each)))
            .unwrap_or(rest.len());
        &rest[..end]
    }

    fn operand(&mut self) -> Result<Operand> {
        self.blanks();
        let rest = self.rest();
        if let Some((length, id)) = starting_guid(rest) {
            self.at += length;
            return Ok(Operand::Literal(Literal::Guid(id)));
        }
        match rest.chars().next() {
            None => Err(self.problem("an operand is missing")),
            Some('\'') => Ok(Operand::Literal(Literal::Text(self.quoted()?))),
            Some('@') => {
                let end = rest[1..].find(|each: char| !(each.is_ascii_alphanumeric() || each == '_'));
                let name = &rest[..end.map_or(rest.len(), |end| end + 1)];
                self.at += name.len();
                // An alias that nothing is assigned to counts as null.
                let Some(value) = self.aliases.get(name) else {
                    return Ok(Operand::Literal(Literal::Null));
                };
                if value.starts_with('@') {
                    return Err(self.problem("an alias stands for another alias"));
                }
                Parser::literal(value, self.aliases).map(Operand::Literal)
            }
            Some('-' | '0'..='9') => {
                let end = rest.find(|each: char| !(each.is_ascii_alphanumeric() || "-+.:".contains(each)));
                let word = &rest[..end.unwrap_or(rest.len())];
                let literal =
                    number_or_time(word).ok_or_else(|| self.problem(&format!("'{word}' is no literal")))?;
                self.at += word.len();
                Ok(Operand::Literal(literal))
            }
            Some(_) => {
                let name = self.name();
                if name.is_empty() {
                    return Err(self.problem("an operand is missing"));
                }
                self.at += name.len();
                Ok(match name {
                    "null" => Operand::Literal(Literal::Null),
                    "true" => Operand::Literal(Literal::Bool(true)),
                    "false" => Operand::Literal(Literal::Bool(false)),
                    // A member of an enumeration; tables have none, table definitions do.
                    _ if self.rest().starts_with('\'') => Operand::Literal(Literal::Text(self.quoted()?)),
                    _ if self.rest().starts_with('(') => {
                        return Err(Refusal::query_not_supported(format!(
                            "The function '{name}' is not supported."
                        )));
                    }
                    _ => Operand::Path(self.path(name)?),
                })
            }
        }
    }

    /// A path, without the range variable it starts with inside of a lambda.
    fn path(&self, name: &str) -> Result<Vec<String>> {
        let mut path: Vec<String> = name.split('/').map(str::to_owned).collect();
        if path.iter().any(String::is_empty) {
            return Err(self.problem(&format!("'{name}' is no path")));
        }
        if path.len() > LONGEST_PATH {
            return Err(too_long_a_path());
        }
        if let Some(innermost) = self.variables.last() {
            if path[0] != *innermost {
                return Err(Refusal::query_not_supported(format!(
                    "Within a lambda, '{name}' has to start with its range variable '{innermost}'."
                )));
            }
            path.remove(0);
        }
        Ok(path)
    }

    /// A text in single quotes, in which a quote is doubled.
    fn quoted(&mut self) -> Result<String> {
        let mut out = String::new();
        let mut rest = self.rest().strip_prefix('\'').ok_or_else(|| self.problem("a quote is missing"))?;
        loop {
            let Some(end) = rest.find('\'') else {
                return Err(self.unterminated(self.at));
            };
            out.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            let Some(after) = rest.strip_prefix('\'') else { break };
            out.push('\'');
            rest = after;
        }
        self.at = self.text.len() - rest.len();
        Ok(out)
    }

    /// A call whose name and opening parenthesis are taken.
    fn call(&mut self, name: &str) -> Result<Filter> {
        if let Some(function) = name.strip_prefix("Microsoft.Dynamics.CRM.") {
            return self.query_function(function);
        }
        let (path, last) = name.rsplit_once('/').unwrap_or(("", name));
        match last {
            "contains" | "startswith" | "endswith" if path.is_empty() => {
                let Operand::Path(path) = self.operand()? else {
                    return Err(Refusal::query_not_supported(format!(
                        "The first argument of '{last}' has to be a property."
                    )));
                };
                self.expect(",")?;
                let text = match self.operand()? {
                    Operand::Literal(Literal::Text(text)) => text,
                    Operand::Literal(Literal::Null) => String::new(),
                    _ => {
                        return Err(Refusal::query_not_supported(format!(
                            "The second argument of '{last}' has to be a text."
                        )));
                    }
                };
                self.expect(")")?;
                let pattern = match last {
                    "startswith" if text.starts_with('%') => return Err(trailing_wildcard()),
                    "endswith" if text.ends_with('%') && !text.ends_with("[%]") => {
                        return Err(trailing_wildcard());
                    }
                    "startswith" => format!("{text}%"),
                    "endswith" => format!("%{text}"),
                    _ => format!("%{text}%"),
                };
                // `contains(x, eq …)` is no condition of its own when compared with a boolean.
                self.compared_with_boolean(Filter::Like { path, pattern })
            }
            "any" | "all" if !path.is_empty() => {
                let path = self.path(path)?;
                self.blanks();
                if last == "any" && self.take(")") {
                    return Ok(Filter::Lambda {
                        path,
                        all: false,
                        condition: Box::new(Filter::All(Vec::new())),
                    });
                }
                let variable = self.name().to_owned();
                if variable.is_empty() || variable.contains(['/', '.']) {
                    return Err(self.problem("a range variable is missing"));
                }
                self.at += variable.len();
                self.expect(":")?;
                if self.variables.len() == MOST_LAMBDAS {
                    return Err(Refusal::query_not_supported("Lambdas are nested too deeply."));
                }
                self.variables.push(variable);
                let condition = self.any()?;
                self.variables.pop();
                self.expect(")")?;
                Ok(Filter::Lambda { path, all: last == "all", condition: Box::new(condition) })
            }
            _ => Err(Refusal::query_not_supported(format!("The function '{name}' is not supported."))),
        }
    }

    /// `contains(…) eq false`, as some clients write it.
    fn compared_with_boolean(&mut self, filter: Filter) -> Result<Filter> {
        for (word, turned) in [("eq", false), ("ne", true)] {
            if self.word(word) {
                let Operand::Literal(Literal::Bool(flag)) = self.operand()? else {
                    return Err(self.problem("a condition can only be compared with a boolean"));
                };
                return Ok(if flag == turned { Filter::Not(Box::new(filter)) } else { filter });
            }
        }
        Ok(filter)
    }

    /// `X(PropertyName='a',PropertyValue=1)`, whose name and opening parenthesis are taken.
    fn query_function(&mut self, function: &str) -> Result<Filter> {
        let rest = self.rest();
        let inside = &rest[..closing(rest).ok_or_else(|| self.problem("')' is missing"))?];
        self.at += inside.len() + 1;
        let (mut path, mut arguments) = (None, Vec::new());
        for part in split(inside, ',') {
            let (name, value) =
                part.split_once('=').ok_or_else(|| self.problem("an argument has no name"))?;
            let (name, value) = (name.trim(), value.trim());
            let value =
                if value.starts_with('@') { self.aliases.get(value).unwrap_or("null") } else { value };
            if value.starts_with('[') {
                arguments.push(Argument::Many(list(value)?));
                continue;
            }
            let literal = Parser::literal(value, self.aliases)?;
            match (name, literal) {
                ("PropertyName", Literal::Text(text)) => path = Some(short_path(&text)?),
                ("PropertyName", _) => return Err(self.problem("PropertyName has to be a text")),
                (_, literal) => arguments.push(Argument::One(literal)),
            }
        }
        let path = path.ok_or_else(|| self.problem("PropertyName is missing"))?;
        Ok(Filter::Function { name: function.to_owned(), path, arguments })
    }
}

fn trailing_wildcard() -> Refusal {
    Refusal::query_not_supported("Trailing wildcards are not supported.")
}

/// A list of texts or numbers; texts in double quotes as in JSON, or in single ones.
fn list(text: &str) -> Result<Vec<String>> {
    let invalid =
        || Refusal::bad(format!("Invalid JSON. A comma character ',' was expected in scope 'Array': {text}"));
    let inside = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).ok_or_else(invalid)?;
    if inside.trim().is_empty() {
        return Ok(Vec::new());
    }
    let element = |part: &str| {
        let part = part.trim();
        if let Some(inner) = part.strip_prefix('\'') {
            let inner = inner.strip_suffix('\'').ok_or_else(invalid)?;
            return if inner.contains('\'') { Err(invalid()) } else { Ok(inner.to_owned()) };
        }
        match Json::parse(part).map_err(|_| invalid())? {
            Json::Text(text) | Json::Number(text) => Ok(text),
            Json::Bool(flag) => Ok(flag.to_string()),
            _ => Err(invalid()),
        }
    };
    split_json(inside).into_iter().map(element).collect()
}

/// Splits at commas outside of quotes, where a backslash within double quotes hides what follows it.
fn split_json(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quote, mut hidden) = (0, None, false);
    for (place, each) in text.char_indices() {
        match (quote, each) {
            (Some('"'), '\\') if !hidden => {
                hidden = true;
                continue;
            }
            (Some(open), _) if each == open && !hidden => quote = None,
            (None, '\'' | '"') => quote = Some(each),
            (None, ',') => {
                parts.push(&text[start..place]);
                start = place + 1;
            }
            _ => {}
        }
        hidden = false;
    }
    parts.push(&text[start..]);
    parts
}

/// The GUID that a text starts with, and how long it is there.
fn starting_guid(text: &str) -> Option<(usize, String)> {
    let length = if text.starts_with('{') { 38 } else { 36 };
    let head = text.get(..length)?;
    let ends =
        text[length..].chars().next().is_none_or(|next| !(next.is_ascii_alphanumeric() || next == '-'));
    if ends { guid(head).map(|id| (length, id)) } else { None }
}

fn number_or_time(word: &str) -> Option<Literal> {
    if let Some(date) = date(word) {
        return Some(Literal::Date(date));
    }
    if word.contains(':')
        && let Some(time) = instant(word)
    {
        return Some(Literal::Instant(time));
    }
    let digits = word.trim_end_matches(['L', 'l', 'M', 'm', 'D', 'd', 'F', 'f']);
    let is_number = digits.parse::<f64>().is_ok_and(f64::is_finite)
        && digits.ends_with(|each: char| each.is_ascii_digit());
    is_number.then(|| Literal::Number(digits.to_owned()))
}
