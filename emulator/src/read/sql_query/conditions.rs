//! `WHERE`: comparisons of columns with literals, as conditions of FetchXML.

use sqlparser::ast::{BinaryOperator, Expr, InTarget, UnaryOperator, Value};

use super::error::{invalid, not_supported, unknown};
use super::sources::{Source, column};
use super::statement::escaped;
use crate::error::Result;

/// Returns the filter of a query.
pub(super) fn filter(sources: &[Source<'_>], expression: &Expr) -> Result<String> {
    let mut out = String::new();
    write(sources, expression, &mut out)?;
    Ok(if out.starts_with("<filter") { out } else { format!("<filter>{out}</filter>") })
}

fn write(sources: &[Source<'_>], expression: &Expr, out: &mut String) -> Result<()> {
    match expression {
        Expr::Nested(inner) => write(sources, inner, out),
        Expr::BinaryOp { op: op @ (BinaryOperator::And | BinaryOperator::Or), .. } => {
            let kind = if *op == BinaryOperator::And { "and" } else { "or" };
            out.push_str(&format!("<filter type='{kind}'>"));
            for each in operands(op, expression) {
                write(sources, each, out)?;
            }
            out.push_str("</filter>");
            Ok(())
        }
        Expr::BinaryOp { left, op, right } => {
            let operator = match op {
                BinaryOperator::Eq => "eq",
                BinaryOperator::NotEq => "ne",
                BinaryOperator::Lt => "lt",
                BinaryOperator::LtEq => "le",
                BinaryOperator::Gt => "gt",
                BinaryOperator::GtEq => "ge",
                _ => return Err(not_supported("An expression in WHERE")),
            };
            condition(sources, left, operator, &[literal(right)?], out)
        }
        Expr::IsNull(inner) => condition(sources, inner, "null", &[], out),
        Expr::IsNotNull(inner) => condition(sources, inner, "not-null", &[], out),
        Expr::Like { negated, any: false, expr, pattern, escape_char: None } => {
            condition(sources, expr, if *negated { "not-like" } else { "like" }, &[literal(pattern)?], out)
        }
        Expr::In { expr, target: InTarget::List(list), negated, global: false } => {
            let values = list.iter().map(literal).collect::<Result<Vec<_>>>()?;
            condition(sources, expr, if *negated { "not-in" } else { "in" }, &values, out)
        }
        Expr::Between { expr, negated, low, high } => {
            let operator = if *negated { "not-between" } else { "between" };
            condition(sources, expr, operator, &[literal(low)?, literal(high)?], out)
        }
        Expr::In { .. } | Expr::Subquery(_) => Err(not_supported("A subquery")),
        Expr::Exists { .. } => Err(not_supported("EXISTS")),
        Expr::UnaryOp { op: UnaryOperator::Not, .. } => Err(unknown("NOT before an expression")),
        _ => Err(not_supported("An expression in WHERE")),
    }
}

/// Returns the operands of an operator, from left to right. `a OR b OR c` nests once for each operand.
fn operands<'e>(operator: &BinaryOperator, mut expression: &'e Expr) -> Vec<&'e Expr> {
    let mut all = Vec::new();
    while let Expr::BinaryOp { left, op, right } = expression
        && op == operator
    {
        all.push(right.as_ref());
        expression = left;
    }
    all.push(expression);
    all.reverse();
    all
}

/// Returns one condition. In SQL, `<>` does not find rows without a value; in FetchXML, `ne` does.
fn condition(
    sources: &[Source<'_>],
    of: &Expr,
    operator: &str,
    values: &[String],
    out: &mut String,
) -> Result<()> {
    if matches!(of, Expr::Value(_)) {
        return Err(not_supported("A comparison of two literals"));
    }
    let (source, name) = column(sources, of)?;
    let entity =
        if source == 0 { String::new() } else { format!(" entityname='{}'", escaped(&sources[source].name)) };
    let start =
        |operator: &str| format!("<condition{entity} attribute='{}' operator='{operator}'", escaped(&name));
    let differs = matches!(operator, "ne" | "not-like" | "not-in" | "not-between");
    if differs {
        out.push_str("<filter type='and'>");
    }
    let one = match values {
        [] => format!("{}/>", start(operator)),
        [value] if !matches!(operator, "in" | "not-in") => {
            format!("{} value='{}'/>", start(operator), escaped(value))
        }
        all => {
            let all: String = all.iter().map(|each| format!("<value>{}</value>", escaped(each))).collect();
            format!("{}>{all}</condition>", start(operator))
        }
    };
    out.push_str(&one);
    if differs {
        out.push_str(&format!("{}/></filter>", start("not-null")));
    }
    Ok(())
}

fn literal(expression: &Expr) -> Result<String> {
    match expression {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) | Value::NationalStringLiteral(text) => Ok(text.clone()),
            Value::Number(number, _) => Ok(number.to_string()),
            Value::Null => Err(unknown("A comparison with NULL")),
            other => Err(unknown(&format!("The literal {other}"))),
        },
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => match literal(expr)? {
            number if number.starts_with(|each: char| each.is_ascii_digit()) => Ok(format!("-{number}")),
            other => Err(invalid(&format!("'{other}' is not a number"))),
        },
        Expr::Subquery(_) => Err(not_supported("A subquery")),
        _ => Err(not_supported("A comparison with anything but a literal")),
    }
}
