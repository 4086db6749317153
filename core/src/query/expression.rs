//! Filters as trees, and their text.

use super::path::Path;
use crate::encode::{Literal, json_string};

/// Maximum nesting depth of a filter; deeper filters are rejected, as the server would reject them.
const MAX_DEPTH: usize = 200;

/// A filter as a tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Expression {
    Compare {
        left: Path,
        operator: &'static str,
        right: Operand,
    },
    Text {
        function: &'static str,
        path: Path,
        pattern: String,
    },
    Function {
        name: &'static str,
        path: Path,
        arguments: Vec<Argument>,
    },
    Not(Box<Self>),
    Joined {
        operator: Join,
        parts: Vec<Self>,
        is_list: bool,
    },
    Lambda {
        navigation: Vec<&'static str>,
        quantifier: &'static str,
        predicate: Option<Box<Self>>,
    },
    /// A condition on the rows of a link of a FetchXML query.
    #[cfg(feature = "messages")]
    OnLink {
        alias: String,
        condition: Box<Self>,
    },
    Raw(String),
    TooDeep,
}

/// How conditions are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Join {
    And,
    Or,
}

/// What a property is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Operand {
    Null,
    Literal(Literal),
    Column(Path),
}

/// An argument of a query function, next to the property.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Argument {
    One(&'static str, Literal),
    /// `PropertyValues`: written as strings, for columns of any kind.
    Values(Vec<Literal>),
}

/// The lambdas around an expression.
#[derive(Debug, Clone, Copy, Default)]
struct LambdaScope {
    /// Number of `any` and `all` around it.
    lambdas: usize,
}

impl Path {
    fn write(&self, scope: LambdaScope, out: &mut String) -> Result<(), String> {
        if let Some(problem) = self.problem() {
            return Err(problem);
        }
        if scope.lambdas > 0 {
            out.push_str(&variable(scope.lambdas));
            out.push('/');
        }
        self.push_to(out);
        Ok(())
    }
}

/// Returns the variable of the lambda at this depth.
fn variable(depth: usize) -> String {
    if depth == 1 { "o".to_owned() } else { format!("o{depth}") }
}

impl Expression {
    /// Joins two expressions. If the first is a join by the same operator, the second becomes part of it,
    /// which keeps the tree flat.
    pub(crate) fn join(self, operator: Join, other: Self) -> Self {
        let parts = match self {
            Self::Joined { operator: same, mut parts, is_list: false } if same == operator => {
                parts.push(other);
                parts
            }
            first => vec![first, other],
        };
        Self::Joined { operator, parts, is_list: false }.bounded()
    }

    /// Replaces a tree deeper than [`MAX_DEPTH`]: to drop a very deep one would overflow the stack.
    pub(crate) fn bounded(self) -> Self {
        if self.depth() > MAX_DEPTH { Self::TooDeep } else { self }
    }

    fn depth(&self) -> usize {
        match self {
            Self::Not(inner) => 1 + inner.depth(),
            #[cfg(feature = "messages")]
            Self::OnLink { condition, .. } => 1 + condition.depth(),
            Self::Joined { parts, .. } => 1 + parts.iter().map(Self::depth).max().unwrap_or(0),
            Self::Lambda { predicate, .. } => 1 + predicate.as_ref().map_or(0, |inner| inner.depth()),
            _ => 1,
        }
    }

    pub(crate) fn text(&self) -> Result<String, String> {
        // Long enough for most filters.
        let mut out = String::with_capacity(256);
        self.write(LambdaScope::default(), &mut out)?;
        Ok(out)
    }

    fn write(&self, scope: LambdaScope, out: &mut String) -> Result<(), String> {
        match self {
            Self::Compare { left, operator, right } => {
                left.write(scope, out)?;
                push_between_spaces(operator, out);
                match right {
                    Operand::Null => out.push_str("null"),
                    Operand::Literal(literal) => out.push_str(&literal.odata()),
                    Operand::Column(path) => path.write(scope, out)?,
                }
            }
            Self::Text { function, path, pattern } => {
                out.push_str(function);
                out.push('(');
                path.write(scope, out)?;
                out.push_str(", ");
                out.push_str(&Literal::text(pattern).odata());
                out.push(')');
            }
            Self::Function { name, path, arguments } => write_function(name, path, arguments, scope, out)?,
            Self::Not(inner) => {
                if let Self::Function { name, .. } = &**inner {
                    return Err(format!(
                        "Dataverse takes no `not` before the query function {name}; {}",
                        opposite(name)
                    ));
                }
                out.push_str("not (");
                inner.write(scope, out)?;
                out.push(')');
            }
            Self::Joined { operator, parts, is_list } => {
                write_joined(*operator, parts, *is_list, scope, out)?;
            }
            Self::Lambda { navigation, quantifier, predicate } => {
                if scope.lambdas > 0 {
                    out.push_str(&variable(scope.lambdas));
                    out.push('/');
                }
                out.push_str(&format!("{}/{quantifier}(", navigation.join("/")));
                if let Some(predicate) = predicate {
                    let inner = LambdaScope { lambdas: scope.lambdas + 1 };
                    out.push_str(&variable(inner.lambdas));
                    out.push(':');
                    predicate.write(inner, out)?;
                }
                out.push(')');
            }
            #[cfg(feature = "messages")]
            Self::OnLink { alias, .. } => {
                return Err(format!(
                    "the link `{alias}` is one of a FetchXML query; start with `fetch()`, not with `query()`"
                ));
            }
            Self::Raw(text) => {
                out.push('(');
                out.push_str(text);
                out.push(')');
            }
            Self::TooDeep => {
                return Err(format!(
                    "the filter is nested more than {MAX_DEPTH} levels deep; join many conditions with `Filter::any_of` \
                     or `Filter::all_of`"
                ));
            }
        }
        Ok(())
    }
}

fn push_between_spaces(operator: &str, out: &mut String) {
    for text in [" ", operator, " "] {
        out.push_str(text);
    }
}

/// Writes `((a and b) and c)`, so that precedence does not matter, and a list as `(a or b or c)`: long lists
/// would otherwise nest deeper than servers read.
fn write_joined(
    operator: Join,
    parts: &[Expression],
    is_list: bool,
    scope: LambdaScope,
    out: &mut String,
) -> Result<(), String> {
    let operator = match operator {
        Join::And => "and",
        Join::Or => "or",
    };
    if parts.is_empty() {
        return Err(NO_CONDITIONS.to_owned());
    }
    let pairs = if is_list { 1 } else { parts.len() - 1 };
    out.extend(core::iter::repeat_n('(', pairs));
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            push_between_spaces(operator, out);
        }
        part.write(scope, out)?;
        if index > 0 && (!is_list || index == parts.len() - 1) {
            out.push(')');
        }
    }
    Ok(())
}

fn write_function(
    name: &str,
    path: &Path,
    arguments: &[Argument],
    scope: LambdaScope,
    out: &mut String,
) -> Result<(), String> {
    if let Some(problem) = path.problem() {
        return Err(problem);
    }
    if scope.lambdas > 0 || !path.steps.is_empty() {
        return Err(format!(
            "{}: the query function {name} takes the name of a column of the table itself; it cannot reach a related \
             record",
            path.logical_name()
        ));
    }
    out.push_str(&format!("Microsoft.Dynamics.CRM.{name}(PropertyName='{}'", path.logical_name()));
    for argument in arguments {
        match argument {
            Argument::One(parameter, literal) => out.push_str(&format!(",{parameter}={}", literal.odata())),
            Argument::Values(values) => {
                if values.is_empty() {
                    return Err(format!("{}: {}", path.logical_name(), no_values(name)));
                }
                let values: Vec<_> = values.iter().map(|value| json_string(value.value())).collect();
                out.push_str(&format!(",PropertyValues=[{}]", values.join(",")));
            }
        }
    }
    out.push(')');
    Ok(())
}

/// Returns why a query function takes no empty list.
pub(crate) fn no_values(name: &str) -> String {
    match name.contains("Not") {
        true => format!("{name} with no values leaves nothing out; remove it"),
        false => format!("{name} with no values finds nothing; do not send the query"),
    }
}

/// The error of an empty list of conditions.
pub(crate) const NO_CONDITIONS: &str =
    "`Filter::any_of` with no conditions finds nothing; do not send the query";

/// Returns what to write instead of `not` before a query function.
fn opposite(name: &str) -> String {
    let method = match name {
        "In" => "is_not_in",
        "NotIn" => "is_in",
        "Between" => "not_between",
        "NotBetween" => "between",
        "ContainValues" => "does_not_contain_values",
        "DoesNotContainValues" => "contain_values",
        "EqualUserId" => "not_equal_user_id",
        "NotEqualUserId" => "equal_user_id",
        "EqualBusinessId" => "not_equal_business_id",
        "NotEqualBusinessId" => "equal_business_id",
        "Under" => "not_under",
        "NotUnder" => "under",
        _ => return "write the opposite with other conditions".to_owned(),
    };
    format!("use `{method}`")
}
