//! Parses calls that are conditions by themselves: text functions, lambdas and Dataverse's query functions.

use super::literal::list;
use super::parser::Parser;
use super::tree::{Argument, Filter, Literal, Operand};
use crate::error::{Refusal, Result};
use crate::uri::split::{closing, property_path, split};

/// Maximum depth of lambdas within lambdas.
const MAX_LAMBDA_DEPTH: usize = 8;

impl Parser<'_> {
    /// Parses a call after its name and opening parenthesis.
    pub(super) fn call(&mut self, name: &str) -> Result<Filter> {
        if let Some(function) = name.strip_prefix("Microsoft.Dynamics.CRM.") {
            return self.query_function(function);
        }
        let (path, last) = name.rsplit_once('/').unwrap_or(("", name));
        match last {
            "contains" | "startswith" | "endswith" if path.is_empty() => self.text_function(last),
            "any" | "all" if !path.is_empty() => self.lambda(path, last),
            _ => Err(Refusal::query_not_supported(format!("The function '{name}' is not supported."))),
        }
    }

    /// Parses `contains(property,'text')` after its name and opening parenthesis.
    fn text_function(&mut self, name: &str) -> Result<Filter> {
        let Operand::Path(path) = self.operand()? else {
            return Err(Refusal::query_not_supported(format!(
                "The first argument of '{name}' must be a property."
            )));
        };
        self.scanner.expect(",")?;
        let text = match self.operand()? {
            Operand::Literal(Literal::Text(text)) => text,
            Operand::Literal(Literal::Null) => String::new(),
            _ => {
                return Err(Refusal::query_not_supported(format!(
                    "The second argument of '{name}' must be a text."
                )));
            }
        };
        self.scanner.expect(")")?;
        let pattern = match name {
            "startswith" if text.starts_with('%') => return Err(trailing_wildcard()),
            "endswith" if text.ends_with('%') && !text.ends_with("[%]") => {
                return Err(trailing_wildcard());
            }
            "startswith" => format!("{text}%"),
            "endswith" => format!("%{text}"),
            _ => format!("%{text}%"),
        };
        self.compared_with_boolean(Filter::Like { path, pattern })
    }

    /// Parses `path/any(t:condition)` after its name and opening parenthesis.
    fn lambda(&mut self, path: &str, name: &str) -> Result<Filter> {
        let path = self.path(path)?;
        self.scanner.blanks();
        if name == "any" && self.scanner.take(")") {
            return Ok(Filter::Lambda { path, all: false, condition: Box::new(Filter::All(Vec::new())) });
        }
        let variable = self.scanner.name().to_owned();
        if variable.is_empty() || variable.contains(['/', '.']) {
            return Err(self.scanner.problem("a range variable is missing"));
        }
        self.scanner.advance(variable.len());
        self.scanner.expect(":")?;
        if self.variables.len() == MAX_LAMBDA_DEPTH {
            return Err(Refusal::query_not_supported("Lambdas are nested too deeply."));
        }
        self.variables.push(variable);
        let condition = self.disjunction()?;
        self.variables.pop();
        self.scanner.expect(")")?;
        Ok(Filter::Lambda { path, all: name == "all", condition: Box::new(condition) })
    }

    /// Parses a comparison such as `contains(…) eq false`, which some clients write.
    fn compared_with_boolean(&mut self, filter: Filter) -> Result<Filter> {
        for (word, flipped) in [("eq", false), ("ne", true)] {
            if self.scanner.word(word) {
                let Operand::Literal(Literal::Bool(flag)) = self.operand()? else {
                    return Err(self.scanner.problem("a condition can only be compared with a boolean"));
                };
                return Ok(if flag == flipped { Filter::Not(Box::new(filter)) } else { filter });
            }
        }
        Ok(filter)
    }

    /// Parses `X(PropertyName='a',PropertyValue=1)` after its name and opening parenthesis.
    fn query_function(&mut self, function: &str) -> Result<Filter> {
        let rest = self.scanner.rest();
        let inside = &rest[..closing(rest).ok_or_else(|| self.scanner.problem("')' is missing"))?];
        self.scanner.advance(inside.len() + 1);
        let (mut path, mut arguments) = (None, Vec::new());
        for part in split(inside, ',') {
            let (name, value) =
                part.split_once('=').ok_or_else(|| self.scanner.problem("an argument has no name"))?;
            let (name, value) = (name.trim(), value.trim());
            let value =
                if value.starts_with('@') { self.aliases.resolve(value)?.unwrap_or("null") } else { value };
            if value.starts_with('[') {
                arguments.push(Argument::Many(list(value)?));
                continue;
            }
            let literal = Parser::literal(value, self.aliases)?;
            match (name, literal) {
                ("PropertyName", Literal::Text(text)) => path = Some(property_path(&text)?),
                ("PropertyName", _) => return Err(self.scanner.problem("PropertyName must be a text")),
                (_, literal) => arguments.push(Argument::One(literal)),
            }
        }
        let path = path.ok_or_else(|| self.scanner.problem("PropertyName is missing"))?;
        Ok(Filter::Function { name: function.to_owned(), path, arguments })
    }
}

fn trailing_wildcard() -> Refusal {
    Refusal::query_not_supported("Trailing wildcards are not supported.")
}
