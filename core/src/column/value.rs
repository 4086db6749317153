//! Values as they stand in URLs.

use super::Value;
use crate::encode::Literal;
use crate::encode::instant;

impl Value<'_> {
    /// The value as a literal; `quoted` says whether its texts are strings there, as those of dates and GUIDs are not.
    pub(crate) fn to_literal(&self, quoted: bool) -> Literal {
        match self {
            Self::Null => Literal::bare("null"),
            Self::Boolean(value) => Literal::bare(value.to_string()),
            Self::Integer(value) => Literal::bare(value.to_string()),
            Self::Double(value) => double(*value),
            Self::Number(text) => Literal::bare(&**text),
            Self::Text(text) | Self::Json(text) if quoted => Literal::text(&**text),
            Self::Text(text) | Self::Json(text) => Literal::bare(&**text),
            Self::Guid(guid) => Literal::bare(guid.uuid().to_string()),
            Self::Instant(seconds) => Literal::bare(instant::text(*seconds)),
        }
    }
}

/// A float. What JSON has no form for is written as OData has it.
fn double(value: f64) -> Literal {
    Literal::bare(match value {
        _ if value.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "INF".to_owned(),
        f64::NEG_INFINITY => "-INF".to_owned(),
        _ => {
            serde_json::Number::from_f64(value).map_or_else(|| value.to_string(), |number| number.to_string())
        }
    })
}
