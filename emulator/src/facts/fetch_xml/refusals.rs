//! FetchXML: refusals.

use crate::facts::Fact;
use crate::facts::fact::{decided, documented, reported};

pub(super) const FACTS: &[Fact] = &[
    decided(
        "XML that cannot be read is 400 0x80040201 `Invalid XML`.",
        "the code has this name in Microsoft's SDK; no recorded answer was found",
        "service::fetch_xml::refusals::malformed_fetch_xml_is_refused",
    ),
    decided(
        "The entity of the query must be that of the entity set: 400 0x80041128.",
        "the code is `QueryBuilderEntitiesDontMatch` in Microsoft's SDK",
        "service::fetch_xml::refusals::the_entity_must_be_that_of_the_set",
    ),
    reported(
        "An unknown column is 400 0x80041103 with its name and its table's.",
        "github.com/microsoft/PowerPlatform-DataverseServiceClient#299; the code is `QueryBuilderNoAttribute` in Microsoft's SDK",
        "service::fetch_xml::refusals::unknown_names_are_refused",
    ),
    reported(
        "An unknown element is 400 0x8004111c, with the list of valid ones.",
        "github.com/bcolpaert/Colso.Xrm.DataTransporter#18",
        "service::fetch_xml::refusals::unknown_names_are_refused",
    ),
    decided(
        "Unknown operators, filter types, link-types and tables have the codes 0x80041120, 0x80041122, 0x80041117 and 0x80041102.",
        "the codes have these names in Microsoft's SDK; the words are not known",
        "service::fetch_xml::refusals::unknown_names_are_refused",
    ),
    decided(
        "Any other mistake in FetchXML is 400 0x80040203.",
        "the code is `InvalidArgument`; no answer of Dataverse to these mistakes is recorded",
        "service::fetch_xml::refusals::unknown_names_are_refused",
    ),
    decided(
        "A value of another type than the column's is refused in the words `expected argument(s) of type … but received …`.",
        "public test doubles of Dataverse repeat these words of the platform",
        "service::fetch_xml::refusals::values_of_another_type",
    ),
    documented(
        "More than 15 links are 400 0x8004430D `Number of link entities in query exceeded maximum limit.`",
        "fetchxml/join-tables, 2024-03-22",
        "service::fetch_xml::refusals::a_query_has_at_most_15_links",
    ),
    documented(
        "More than 500 conditions and links are 400 0x8004430C `Number of conditions in query exceeded maximum limit.`",
        "fetchxml/filter-rows, 2024-04-01",
        "service::fetch_xml::refusals::a_query_has_at_most_500_conditions",
    ),
    decided(
        "Filters nest no deeper than 50 levels.",
        "a limit of the emulator, so that no query ends the process",
        "service::fetch_xml::refusals::filters_nested_too_deeply",
    ),
    decided(
        "A query has no more than 100 `order` elements, 10,000 `value` elements and 1,800 columns, lookups counted twice.",
        "limits of the emulator, which SQLite sets; beyond them it answered 500",
        "service::fetch_xml::refusals::too_large_saved_queries_are_refused",
    ),
    decided(
        "Attributes of `fetch` that are no number, no boolean or unknown are refused.",
        "no page says what Dataverse does with them",
        "service::fetch_xml::refusals::invalid_attributes_of_fetch_are_refused",
    ),
    decided(
        "An alias has letters, digits and `_`, and starts with no digit; others are 400 0x80041109.",
        "the code is `QueryBuilderInvalid_Alias` in Microsoft's SDK; public test doubles of Dataverse repeat the words",
        "service::fetch_xml::hostile::hostile_names_and_aliases_are_refused",
    ),
    documented(
        "Values of conditions are compared as they are.",
        "fetchxml/reference/condition, 2024-02-29",
        "service::fetch_xml::hostile::hostile_values_are_values",
    ),
];
