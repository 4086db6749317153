//! Parses conditions and their operands. `calls` parses calls that are conditions.

use super::literal::{number_or_time, starting_guid};
use super::scanner::Scanner;
use super::tree::{Comparison, Filter, Literal, Operand};
use crate::error::{Refusal, Result};
use crate::uri::aliases::Aliases;
use crate::uri::split::property_path;

/// Maximum depth of nested conditions.
const MAX_DEPTH: usize = 100;

/// A parser of the expressions in URLs.
pub(crate) struct Parser<'a> {
    pub(super) scanner: Scanner<'a>,
    pub(super) aliases: &'a Aliases,
    /// The range variables of the enclosing lambdas, innermost last.
    pub(super) variables: Vec<String>,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// Parses a whole filter.
    pub(crate) fn filter(text: &'a str, aliases: &'a Aliases) -> Result<Filter> {
        let mut parser = Self::new(text, aliases);
        let filter = parser.disjunction()?;
        parser.scanner.end()?;
        Ok(filter)
    }

    /// Parses a literal, or an alias of one.
    pub(crate) fn literal(text: &'a str, aliases: &'a Aliases) -> Result<Literal> {
        let mut parser = Self::new(text, aliases);
        let literal = match parser.operand()? {
            Operand::Literal(literal) => literal,
            Operand::Path(path) => {
                return Err(parser.scanner.problem(&format!("'{}' is not a literal", path.join("/"))));
            }
        };
        parser.scanner.end()?;
        Ok(literal)
    }

    fn new(text: &'a str, aliases: &'a Aliases) -> Self {
        Self { scanner: Scanner::new(text), aliases, variables: Vec::new(), depth: 0 }
    }

    fn deeper(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Refusal::bad(
                "The node count limit of the query was exceeded: it is nested too deeply.",
            ));
        }
        Ok(())
    }

    pub(super) fn disjunction(&mut self) -> Result<Filter> {
        self.deeper()?;
        let mut all = vec![self.conjunction()?];
        while self.scanner.word("or") {
            all.push(self.conjunction()?);
        }
        self.depth -= 1;
        Ok(if all.len() == 1 { all.remove(0) } else { Filter::Any(all) })
    }

    fn conjunction(&mut self) -> Result<Filter> {
        let mut all = vec![self.unary()?];
        while self.scanner.word("and") {
            all.push(self.unary()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Filter::All(all) })
    }

    fn unary(&mut self) -> Result<Filter> {
        if self.scanner.word("not") {
            self.deeper()?;
            let inner = self.unary()?;
            self.depth -= 1;
            if matches!(inner, Filter::Function { .. }) {
                return Err(Refusal::query_not_supported(
                    "Not operator along with the Custom Named Condition operators is not allowed",
                ));
            }
            return Ok(Filter::Not(Box::new(inner)));
        }
        if self.scanner.take("(") {
            let inner = self.disjunction()?;
            self.scanner.expect(")")?;
            return Ok(inner);
        }
        self.condition()
    }

    /// Parses a comparison, or a call that is a condition by itself.
    fn condition(&mut self) -> Result<Filter> {
        self.scanner.blanks();
        let name = self.scanner.name();
        if !name.is_empty() && self.scanner.rest()[name.len()..].starts_with('(') {
            self.scanner.advance(name.len() + 1);
            return self.call(name);
        }
        let left = self.operand()?;
        self.scanner.blanks();
        let word: &str =
            self.scanner.rest().split(|each: char| !each.is_ascii_alphabetic()).next().unwrap_or_default();
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
                _ => Err(self.scanner.problem("a comparison operator is missing")),
            };
        };
        self.scanner.advance(word.len());
        let right = self.operand()?;
        match (left, right) {
            (Operand::Path(left), Operand::Path(right)) if !of_one_row(&left, &right) => {
                Err(Refusal::query_not_supported(format!(
                    "The columns '{}' and '{}' cannot be compared: they must be in the same table.",
                    left.join("/"),
                    right.join("/")
                )))
            }
            (Operand::Path(left), right) => Ok(Filter::Compare { comparison, left, right }),
            (left @ Operand::Literal(_), Operand::Path(path)) => {
                Ok(Filter::Compare { comparison: comparison.flipped(), left: path, right: left })
            }
            _ => Err(Refusal::query_not_supported("A comparison of two literals is not supported.")),
        }
    }

    pub(super) fn operand(&mut self) -> Result<Operand> {
        self.scanner.blanks();
        let rest = self.scanner.rest();
        if let Some((length, id)) = starting_guid(rest) {
            self.scanner.advance(length);
            return Ok(Operand::Literal(Literal::Guid(id)));
        }
        match rest.chars().next() {
            None => Err(self.scanner.problem("an operand is missing")),
            Some('\'') => Ok(Operand::Literal(Literal::Text(self.scanner.quoted()?))),
            Some('@') => {
                let end = rest[1..].find(|each: char| !(each.is_ascii_alphanumeric() || each == '_'));
                let name = &rest[..end.map_or(rest.len(), |end| end + 1)];
                self.scanner.advance(name.len());
                // An alias without a value counts as null.
                match self.aliases.resolve(name)? {
                    Some(value) => self.assigned(value),
                    None => Ok(Operand::Literal(Literal::Null)),
                }
            }
            Some('-' | '0'..='9') => {
                let end = rest.find(|each: char| !(each.is_ascii_alphanumeric() || "-+.:".contains(each)));
                let word = &rest[..end.unwrap_or(rest.len())];
                let literal = number_or_time(word)
                    .ok_or_else(|| self.scanner.problem(&format!("'{word}' is not a literal")))?;
                self.scanner.advance(word.len());
                Ok(Operand::Literal(literal))
            }
            Some(_) => {
                let name = self.scanner.name();
                if name.is_empty() {
                    return Err(self.scanner.problem("an operand is missing"));
                }
                self.scanner.advance(name.len());
                Ok(match name {
                    "null" => Operand::Literal(Literal::Null),
                    "true" => Operand::Literal(Literal::Bool(true)),
                    "false" => Operand::Literal(Literal::Bool(false)),
                    // A member of an enumeration: only definitions have these.
                    _ if self.scanner.rest().starts_with('\'') => {
                        Operand::Literal(Literal::Text(self.scanner.quoted()?))
                    }
                    _ if self.scanner.rest().starts_with('(') => {
                        return Err(Refusal::query_not_supported(format!(
                            "The function '{name}' is not supported."
                        )));
                    }
                    _ => Operand::Path(self.path(name)?),
                })
            }
        }
    }

    /// Returns the property or the literal that is the value of an alias.
    fn assigned(&self, value: &str) -> Result<Operand> {
        let mut parser = Parser::new(value, self.aliases);
        parser.variables.clone_from(&self.variables);
        let operand = parser.operand()?;
        parser.scanner.end()?;
        Ok(operand)
    }

    /// Returns a path. Inside a lambda, removes the range variable at its start.
    pub(super) fn path(&self, name: &str) -> Result<Vec<String>> {
        if name.split('/').any(str::is_empty) {
            return Err(self.scanner.problem(&format!("'{name}' is not a path")));
        }
        let mut path = property_path(name)?;
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
}

/// Returns whether two paths lead to columns of the same row.
fn of_one_row(one: &[String], other: &[String]) -> bool {
    one.split_last().map(|(_, path)| path) == other.split_last().map(|(_, path)| path)
}
