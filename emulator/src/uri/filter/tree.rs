//! The tree of a filter.

/// A condition on a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter {
    /// All of these conditions; true if there are none.
    All(Vec<Filter>),
    /// Any of these conditions; false if there are none.
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
    /// `any` or `all` over the records of a collection.
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

impl Filter {
    /// Returns the number of conditions, as Dataverse counts them for its limit.
    pub(crate) fn conditions(&self) -> usize {
        match self {
            Self::All(all) | Self::Any(all) => all.iter().map(Self::conditions).sum(),
            Self::Not(inner) => inner.conditions(),
            Self::Lambda { condition, .. } => condition.conditions().max(1),
            Self::Compare { .. } | Self::Like { .. } | Self::Function { .. } => 1,
        }
    }
}

/// A comparison of two values.
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

    /// Returns the equivalent comparison with exchanged sides.
    pub(super) fn flipped(self) -> Self {
        match self {
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            same => same,
        }
    }

    /// Returns the name of the operator in OData's messages.
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
    /// A value of FetchXML, which has the type of its column.
    Untyped(String),
}

impl Literal {
    /// Returns the type in messages.
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
