//! Parameter aliases in queries.

use super::Fact;
use super::fact::{decided, documented};

const OVERVIEW: &str = "webapi/query/overview, 2024-07-11";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "A parameter alias names a column or a value in `$filter` and `$orderby`.",
        OVERVIEW,
        "service::documented::aliases::aliases_for_columns",
    ),
    documented(
        "An alias that nothing is assigned to is null.",
        OVERVIEW,
        "service::documented::aliases::an_alias_without_a_value_is_null",
    ),
    decided(
        "Sorting by an alias that is null sorts nothing.",
        "null is the same for all rows",
        "service::documented::aliases::an_alias_without_a_value_is_null",
    ),
    documented(
        "No alias is taken inside `$expand`.",
        OVERVIEW,
        "service::documented::aliases::aliases_in_an_expand_are_refused",
    ),
    decided(
        "The refusal of an alias in `$expand` is a 400 0x80060888.",
        "the page shows no answer; other unsupported parts of `$expand` have this code",
        "service::documented::aliases::aliases_in_an_expand_are_refused",
    ),
    decided(
        "Within a lambda, an alias for a column holds the range variable, too.",
        "an alias means the text of an expression",
        "service::documented::aliases::aliases_within_lambdas",
    ),
    decided(
        "An alias for another alias, for an unknown column or for a text to sort by is a 400.",
        "OData 4.0 has no such expressions",
        "service::documented::aliases::aliases_without_a_column",
    ),
    documented(
        "Parameter aliases name the arguments of query functions.",
        OVERVIEW,
        "service::queries::parameter_aliases",
    ),
];
