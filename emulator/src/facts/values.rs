//! Values.

use super::Fact;
use super::fact::{decided, documented, recorded, reported};

const CREATE: &str = "webapi/create-entity-web-api, 2023-07-22";
const DATES: &str = "behavior-format-date-time-attribute, 2021-03-12";
const BATCH: &str = "webapi/execute-batch-operations-using-web-api, 2023-01-14";
const RETRIEVE: &str = "webapi/retrieve-entity-using-web-api, 2022-04-19";
const COMPOSE: &str = "webapi/compose-http-requests-handle-errors, 2023-04-14";
const COLUMNS: &str = "entity-attribute-metadata, 2023-12-12";
const CHOICES: &str = "multi-select-picklist, 2023-01-09";
const ODATA: &str = "so reads `ODataPayloadValueConverter` of github.com/OData/odata.net, the library whose texts Dataverse answers (github.com/mautic/mautic#4467)";
const IEEE: &str = "github.com/microsoft/PowerPlatform-DataverseServiceClient, issue 26; github.com/microsoft/PowerAppsCodeApps, issue 210";
const WEBERRORS: &str =
    "troubleshoot/power-platform/dataverse/dataverse-web-api-and-sdk/web-api-client-errors, 2024-06-07";

pub(super) const FACTS: &[Fact] = &[
    documented(
        "Dates and times before 1753-01-01 are refused.",
        DATES,
        "service::rules::value_kinds::datetimes",
    ),
    documented(
        "A date before 1753-01-01 is refused in a column that holds dates alone, too.",
        DATES,
        "service::rules::value_kinds::dates",
    ),
    reported(
        "The refusal of a time before 1753 is 400 0x80040239 and names the time and the minimum.",
        "github.com/microsoft/coe-starter-kit, issue 6417; github.com/microsoft/powerapps-tools, issue 427",
        "service::rules::value_kinds::datetimes",
    ),
    documented("A datetime without an offset is in UTC.", DATES, "service::rules::value_kinds::datetimes"),
    documented(
        "A datetime with an offset is converted to UTC.",
        DATES,
        "service::rules::value_kinds::datetimes",
    ),
    documented(
        "A datetime with an offset and `Z` is refused.",
        DATES,
        "service::rules::value_kinds::datetimes",
    ),
    documented(
        "A column whose behavior is TimeZoneIndependent is an `Edm.DateTimeOffset` and keeps the time that is sent.",
        DATES,
        "service::rules::value_kinds::datetimes",
    ),
    documented(
        "A column whose behavior is DateOnly is an `Edm.Date`.",
        DATES,
        "service::rules::value_kinds::dates",
    ),
    reported(
        "A date with a time is refused where a date alone is expected, with the literal and the type in the text.",
        "github.com/microsoft/PowerPlatform-DataverseServiceClient, issue 80",
        "service::rules::value_kinds::dates",
    ),
    reported(
        "A date with a time is refused for a contact's birthdate.",
        "github.com/microsoft/PowerPlatform-DataverseServiceClient, issue 80",
        "service::rules::values::values_of_the_wrong_type_are_refused",
    ),
    decided(
        "A date alone is midnight in a datetime column.",
        "the documentation shows times only",
        "service::rules::value_kinds::a_date_alone_for_a_datetime_is_refused_in_strict_mode",
    )
    .refused_by_strict(),
    decided(
        "Datetimes keep whole seconds.",
        "answers in the documentation have no fractions",
        "service::rules::values::values_are_stored_exactly",
    ),
    reported(
        "A decimal or an amount of money that is a text is refused with 400 0x80048d19.",
        IEEE,
        "service::rules::value_kinds::decimals_and_long_integers_are_numbers",
    ),
    decided(
        "A 64-bit integer that is a text is refused as a decimal is.",
        ODATA,
        "service::rules::value_kinds::decimals_and_long_integers_are_numbers",
    ),
    reported(
        "With `IEEE754Compatible=true` in the content type, decimals, amounts and 64-bit integers are texts.",
        IEEE,
        "service::rules::value_kinds::decimals_and_long_integers_are_texts_with_ieee754_compatible",
    ),
    decided(
        "With `IEEE754Compatible=true` in the content type, a decimal or a 64-bit integer that is a number is refused.",
        ODATA,
        "service::rules::value_kinds::decimals_and_long_integers_are_texts_with_ieee754_compatible",
    ),
    decided(
        "With `IEEE754Compatible=true` in the header `Accept`, decimals, 64-bit integers and counts are answered as texts, and the content type says so.",
        "OData JSON Format 4.0, section 3.2; no page shows it",
        "service::rules::value_kinds::decimals_and_long_integers_are_texts_with_ieee754_compatible",
    ),
    decided(
        "32-bit integers and doubles are numbers with `IEEE754Compatible=true`, too.",
        "OData JSON Format 4.0, section 3.2; no page shows it",
        "service::rules::value_kinds::decimals_and_long_integers_are_texts_with_ieee754_compatible",
    ),
    documented(
        "A text with the digits of an integer is taken for a 32-bit integer.",
        CREATE,
        "service::rules::value_kinds::integers",
    ),
    decided(
        "A text with other letters, or with none, is refused for an integer.",
        ODATA,
        "service::rules::value_kinds::integers",
    ),
    decided(
        "A number with a point or an exponent is refused for an integer.",
        ODATA,
        "service::rules::value_kinds::integers",
    ),
    decided(
        "A number beyond 32 bits is refused for a 32-bit integer by its type, not by the limits of its column.",
        ODATA,
        "service::rules::value_kinds::integers",
    ),
    decided("A text with a number is taken for a double.", ODATA, "service::rules::value_kinds::doubles"),
    decided(
        "The texts `true` and `false` are taken for a boolean, in any case.",
        ODATA,
        "service::rules::value_kinds::booleans_are_true_or_false",
    ),
    reported(
        "A number is refused for a boolean.",
        "github.com/mautic/mautic, issue 4467",
        "service::rules::value_kinds::booleans_are_true_or_false",
    ),
    decided(
        "A number, a boolean, a list and an object are refused for a text.",
        ODATA,
        "service::rules::value_kinds::texts",
    ),
    reported(
        "An empty text is kept as null.",
        "github.com/daryllabar/DLaB.Xrm#80",
        "service::rules::value_kinds::texts",
    ),
    decided(
        "A value of a wrong type is refused in every way to set a column: POST, PATCH, PUT of the column, and the bulk messages.",
        ODATA,
        "service::rules::value_kinds::integers",
    ),
    reported(
        "A value of a wrong type is refused even for a column that the operation ignores.",
        "the OData library reads the body before Dataverse looks at the columns (stack trace in github.com/carfup/PCFControls, issue 20)",
        "service::rules::value_kinds::a_wrong_type_is_refused_even_if_the_column_is_ignored",
    ),
    decided(
        "GUIDs are taken in the forms that .NET reads: with hyphens, in braces, in parentheses, without hyphens.",
        ODATA,
        "service::rules::value_kinds::guids",
    ),
    decided(
        "The value of an image column is base64.",
        ODATA,
        "service::rules::value_kinds::images_are_base64",
    ),
    documented(
        "The options of a column of several are one text with commas, blanks after them allowed.",
        CHOICES,
        "service::rules::value_kinds::multi_select_choices",
    ),
    documented(
        "A column of several options takes at most 150.",
        CHOICES,
        "service::rules::value_kinds::multi_select_choices",
    ),
    decided(
        "A column of several options answers them ascending, each once.",
        "a set has no order",
        "service::rules::value_kinds::multi_select_choices",
    ),
    documented(
        "A text longer than its column is refused with 400 0x80044331 and Microsoft's words.",
        BATCH,
        "service::pages::batch::errors",
    ),
    decided(
        "The length of a text is counted in UTF-16 units, as .NET counts.",
        "Dataverse keeps texts as nvarchar",
        "service::rules::values::limits_are_enforced",
    ),
    decided(
        "A value out of its column's range is refused with 400 0x8004431a; of a choice, the accepted values are named.",
        "no source has the texts for all kinds",
        "service::rules::values::limits_are_enforced",
    ),
    documented(
        "A double comes back rounded to the digits of its column: 47.639583 as 47.63958.",
        CREATE,
        "service::rules::precision::doubles_keep_the_digits_of_their_column",
    ),
    documented(
        "The property Precision sets how many digits a decimal keeps.",
        COLUMNS,
        "service::rules::precision::decimals_keep_the_digits_of_their_column",
    ),
    documented(
        "An amount keeps the digits of its column, of the organization's prices or of its currency, as PrecisionSource says.",
        COLUMNS,
        "service::rules::precision::amounts_keep_the_digits_of_their_precision_source",
    ),
    decided(
        "Digits that a decimal or an amount does not keep are rounded, halves away from zero.",
        "the documentation says how many digits are kept, not how others are lost",
        "service::rules::precision::strict_mode_refuses_digits_that_would_be_lost",
    )
    .refused_by_strict(),
    decided(
        "Prices of an organization have two digits.",
        "an organization sets it, and two is what a new one has",
        "service::rules::precision::amounts_keep_the_digits_of_their_precision_source",
    ),
    documented(
        "An amount that is selected brings its currency.",
        RETRIEVE,
        "service::rules::values::an_amount_sets_the_currency",
    ),
    decided(
        "A record with an amount and no currency gets the organization's.",
        "the documentation says that amounts have a currency, not which one",
        "service::rules::precision::a_later_amount_sets_the_currency",
    ),
    decided(
        "Texts that are not empty and decimals come back as they were sent, digit by digit.",
        "types-of-fields says that decimals are stored exactly; texts are not changed",
        "service::rules::values::values_are_stored_exactly",
    ),
    decided(
        "A body that is no JSON object is refused with 400 0x80048d19.",
        "the page web-api-client-errors has this code for payloads that cannot be read, and no such body",
        "service::rules::values::values_of_the_wrong_type_are_refused",
    ),
    decided(
        "A member that a body has twice is refused.",
        "OData JSON Format 4.0: names are unique within an object",
        "service::rules::values::values_of_the_wrong_type_are_refused",
    ),
    documented(
        "Names of sets, properties and functions are case-sensitive.",
        WEBERRORS,
        "service::rules::values::names_are_case_sensitive",
    ),
    documented(
        "An unknown segment is 404 0x8006088a, an unknown property in `$select` 400 0x0.",
        WEBERRORS,
        "service::rules::values::names_are_case_sensitive",
    ),
    documented(
        "A lookup cannot be selected by the name of its navigation property.",
        "webapi/query/select-columns, 2025-03-14",
        "service::rules::values::names_are_case_sensitive",
    ),
    documented(
        "Annotations come if `Prefer: odata.include-annotations` asks for them, by name or by pattern.",
        COMPOSE,
        "service::rules::values::annotations_are_optional",
    ),
    recorded(
        "Annotations come before the value that they describe.",
        "contacts page recorded from a real org",
        "service::rules::values::annotations_are_optional",
    ),
    documented(
        "A single property is read at its own URL, with `@odata.context` and `value`.",
        RETRIEVE,
        "service::pages::retrieve::a_single_property_value",
    ),
    decided(
        "A single property without a value answers 204, and `/$value` answers the bare text.",
        "OData 4.0 Protocol, section 11.2.3; no page shows it",
        "service::rules::values::single_columns_are_read_set_and_cleared",
    ),
];
