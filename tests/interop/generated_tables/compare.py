#!/usr/bin/env python3
"""Compares the `METADATA` that a program prints with the definitions that it was written from.

    compare.py PRINTED DOCUMENT...

Every member of a DOCUMENT is either printed with the same value or in `LEFT_OUT`, with the reason. A difference fails. A DOCUMENT is
an answer of `EntityDefinitions`, or of `RetrieveMetadataChanges`, which says `null` or `false` for members that it was not asked for.
"""
import json
import sys
from collections import Counter
from pathlib import Path

# Members that do not matter to a program that reads and writes records. A member is named by its path.
REASONS = {
    "identity": "identifies the definition in one org",
    "managed": "says what makers may change, or which solution it is from; does not affect records",
    "apps": "concerns apps, forms, views, search, mail or audit, not the Web API",
    "language": "depends on the language of the caller",
    "storage": "concerns the storage of the server",
    "schema": "follows from other members that are compared",
    "party": "a party is a record of any table, or an email address: Dataverse decides which tables it takes",
    "cascade": "cascades that Dataverse does by itself; that of a deletion is compared",
    "open": "a target that is not among the generated tables: the lookup takes a record of any table; its relationships are compared",
    "other table": "a fact of the other table, in its own definition and struct",
}
LEFT_OUT = {
    "identity": "MetadataId HasChanged CreatedOn ModifiedOn ObjectTypeCode ColumnNumber IntroducedVersion DeprecatedVersion ExternalName "
    "ExternalCollectionName ExternalTypeName LinkedAttributeId InheritsFrom OwnerId OwnerIdType OwningBusinessUnit PrimaryKey Settings SettingOf "
    "IsCustomAttribute IsCustomEntity IsCustomOptionSet IsCustomRelationship IsLogical IsLogicalEntity DataProviderId DataSourceId "
    "Table/ReportViewName Table/RecurrenceBaseEntityLogicalName",
    "managed": "IsManaged IsCustomizable IsRenameable CanModifyAdditionalSettings CanBeInCustomEntityAssociation CanBeInManyToMany "
    "CanBePrimaryEntityInRelationship CanBeRelatedEntityInRelationship CanChangeClusterMode CanChangeTrackingBeEnabled CanCreateAttributes "
    "CanCreateCharts CanCreateForms CanCreateViews CanEnableSyncToExternalSearchIndex CanChangeHierarchicalRelationship "
    "CanChangeDateTimeBehavior CanBeSecuredForCreate CanBeSecuredForRead CanBeSecuredForUpdate IsMappable CanTriggerWorkflow "
    "RequiredLevel/CanBeChanged RequiredLevel/ManagedPropertyLogicalName Privileges SecurityTypes",
    "apps": "ActivityTypeMask AutoCreateAccessTeams AutoRouteToOwnerQueue EnforceStateTransitions HasActivities HasEmailAddresses HasFeedback "
    "HasNotes IconLargeName IconMediumName IconSmallName IconVectorName IsAIRUpdated IsActivityParty IsArchivalEnabled IsAuditEnabled "
    "IsAvailableOffline IsBusinessProcessEnabled IsChildEntity IsConnectionsEnabled IsDocumentManagementEnabled "
    "IsDocumentRecommendationsEnabled IsDuplicateDetectionEnabled IsEnabledForCharts IsEnabledForTrace IsImportable "
    "IsInteractionCentricEnabled IsKnowledgeManagementEnabled IsMSTeamsIntegrationEnabled IsMailMergeEnabled IsOneNoteIntegrationEnabled "
    "IsQuickCreateEnabled IsReadOnlyInMobileClient IsReadingPaneEnabled IsRetentionEnabled IsRetrieveAuditEnabled "
    "IsRetrieveMultipleAuditEnabled IsSolutionAware IsStateModelAware IsValidForAdvancedFind IsValidForQueue IsVisibleInMobile "
    "IsVisibleInMobileClient SyncToExternalSearchIndex UsesBusinessDataLabelTable EntityHelpUrl EntityHelpUrlEnabled EntityColor "
    "DaysSinceRecordLastModified IsEnabledForExternalChannels IsOfflineInMobileClient IsPrivate IsSLAEnabled MobileOfflineFilters "
    "IsDataSourceSecret IsFilterable IsGlobalFilterEnabled IsRequiredForForm IsRetrievable IsSearchable IsSortableEnabled IsValidForGrid "
    "ImeMode AssociatedMenuConfiguration Entity1AssociatedMenuConfiguration Entity2AssociatedMenuConfiguration RelationshipBehavior "
    "Option/Color Option/Description "
    "Option/ExternalValue Option/ParentValues Option/Tag Option/IsHidden",
    "language": "UserLocalizedLabel",
    "storage": "AutoReplicateClusterRecords ClusterMode DefaultToLocalPartition DatabaseLength IsEntityReferenceStored PrecisionSource "
    "FormulaDefinition SourceTypeMask DenormalizedAttributeName IsDenormalizedLookup IsRelationshipAttributeDenormalized EntityKey "
    "RelationshipAttributes CanStoreFullImage MaxHeight MaxSizeInKB MaxWidth",
    "party": "PartyList/Targets",
    "cascade": "CascadeConfiguration/Archive CascadeConfiguration/Assign CascadeConfiguration/Merge CascadeConfiguration/Reparent "
    "CascadeConfiguration/Share CascadeConfiguration/Unshare CascadeConfiguration/RollupView",
    "other table": "ManyToOne/ReferencedEntityNavigationPropertyName OneToMany/ReferencingEntityNavigationPropertyName "
    "Entity2NavigationPropertyName Entity1IntersectAttribute Entity2IntersectAttribute",
    # `IsPrimaryId` is even true for three columns of the real `lead`: `PrimaryIdAttribute` is compared.
    "schema": "EntityLogicalName IsPrimaryId IsPrimaryName IsPrimaryImage RelationshipType YomiOf CalculationOf IsBaseCurrency "
    "ParentEnumAttributeLogicalName ChildPicklistLogicalNames ParentPicklistLogicalName Lookup/Format PartyList/Format "
    "OptionSet/Description OptionSet/DisplayName OptionSet/OptionSetType OptionSet/Name(local) Virtual/OptionSet EntityName/OptionSet "
    "EntityName/DefaultFormValue",
}
WHY = {member: reason for reason, members in LEFT_OUT.items() for member in members.split()}
# The key of the objects in each list.
KEYS = {
    "Attributes": "LogicalName",
    "Keys": "LogicalName",
    "ManyToOneRelationships": "SchemaName",
    "OneToManyRelationships": "SchemaName",
    "ManyToManyRelationships": "SchemaName",
    "LocalizedLabels": "LanguageCode",
    "Options": "Value",
    "": "LogicalName",
}
# The meaning of `null`, or of a member that an older org lacks.
ABSENT = {
    "TableType": "Standard",
    "SourceType": 0,
    "AutoNumberFormat": "",
    "DefaultFormValue": -1,
    "IsIntersect": False,
}


# Marks a table whose definition is of `RetrieveMetadataChanges`: it says nothing of the members that it leaves out.
PARTIAL = "(partial)"


class Comparison:
    def __init__(self):
        self.differences, self.compared, self.left_out, self.used = [], 0, Counter(), set()
        self.is_partial = False
        self.tables = set()

    def leave_out(self, names):
        for name in names:
            if name in WHY:
                self.left_out[WHY[name]] += 1
                self.used.add(name)
                return True
        return False

    def objects(self, where, kind, original, printed):
        further = [] if self.is_partial else [each for each in printed if each not in original]
        for member in [*original, *further]:
            if "@dataverse_entity" in member or member == PARTIAL:
                continue
            path = f"{where}.{member}"
            names = [member, f"{kind}/{member}"]
            if kind == "OptionSet" and member == "Name" and not original.get("IsGlobal"):
                names.append("OptionSet/Name(local)")
            if self.leave_out(names):
                continue
            self.values(path, member, original.get(member), printed.get(member), original)

    def values(self, path, member, original, printed, owner):
        if member in ("TrueOption", "FalseOption"):
            return self.objects(path, "Option", original, printed or {})
        if isinstance(original, dict):
            return self.objects(path, member, original, printed if isinstance(printed, dict) else {})
        key = KEYS.get(member)
        if key and isinstance(original, list) and all(isinstance(each, dict) for each in original):
            return self.lists(path, member, key, original, printed or [])
        if member in ABSENT:
            original, printed = (ABSENT[member] if each is None else each for each in (original, printed))
        if member == "Targets":
            # A target without a struct is open.
            self.left_out["open"] += len(set(original) - self.tables)
            original, printed = sorted(self.tables & {*original}), sorted(printed or [])
        if original is None and member in ("IsValidODataAttribute", "CollectionSchemaName", "LogicalCollectionName"):
            # Older tables leave it out.
            self.left_out["the document does not say"] += 1
            return
        # An empty text means no text.
        original, printed = (None if each == "" else each for each in (original, printed))
        self.compared += 1
        if original != printed:
            self.differences.append(f"{path}: {json.dumps(original, ensure_ascii=False)} became {json.dumps(printed, ensure_ascii=False)}")

    def lists(self, path, member, key, original, printed):
        if member == "LocalizedLabels":
            original = [each for each in original if each["Label"]]
        by_key = {each[key]: each for each in printed}
        for each in original:
            found = by_key.pop(each[key], None)
            if found is None:
                self.differences.append(f"{path}[{each[key]}]: is missing")
                continue
            if member == "":
                self.is_partial = each.get(PARTIAL, False)
            kind = {"Attributes": each.get("AttributeType"), "Options": "Option", "": "Table"}.get(member, member.removesuffix("Relationships"))
            self.objects(f"{path}[{each[key]}]", "Lookup" if kind in ("Owner", "Customer") else kind, each, found)
        if member != "Attributes" or not self.is_partial:
            # A table of `RetrieveMetadataChanges` has further columns from `$metadata`.
            self.differences += [f"{path}[{each}]: was not there" for each in by_key]


def read(document):
    """Returns the tables of an answer with one table or many. Those of `RetrieveMetadataChanges` are marked."""
    document = json.loads(Path(document).read_text(encoding="utf-8-sig"))
    is_partial = "EntityMetadata" in document
    tables = document.get("EntityMetadata", document.get("value", [document]))
    for table in tables:
        if is_partial:
            table[PARTIAL] = True
            without_what_nobody_asked_for(table)
        for attribute in table["Attributes"]:
            # An `Edm.Int32`, which some converters of the data contract XML write as a text.
            if isinstance(attribute.get("DefaultFormValue"), str):
                attribute["DefaultFormValue"] = int(attribute["DefaultFormValue"])
        for relationship in table.get("ManyToManyRelationships") or []:
            # Both definitions call the same table the first. Here the table itself is the first.
            if relationship["Entity1LogicalName"] != table["LogicalName"]:
                for member in ("LogicalName", "NavigationPropertyName", "IntersectAttribute", "AssociatedMenuConfiguration"):
                    one, two = f"Entity1{member}", f"Entity2{member}"
                    relationship[one], relationship[two] = relationship.get(two), relationship.get(one)
    return tables


def without_what_nobody_asked_for(table):
    """Removes what an answer of `RetrieveMetadataChanges` says of members that its query did not name.

    It also names the complex types of attributes, where `EntityDefinitions` names the entity types.
    """
    for attribute in table["Attributes"]:
        if "@odata.type" in attribute:
            attribute["@odata.type"] = attribute["@odata.type"].replace(".Complex", ".")
    if all(attribute.get("IsValidODataAttribute") is False for attribute in table["Attributes"]):
        for attribute in table["Attributes"]:
            del attribute["IsValidODataAttribute"]
    for each in [table, *table["Attributes"]]:
        for member in [member for member, value in each.items() if value in (None, []) and member != "AttributeOf"]:
            del each[member]


def main(printed, *documents):
    comparison = Comparison()
    tables = [table for document in documents for table in read(document)]
    comparison.tables = {table["LogicalName"] for table in tables}
    comparison.lists("", "", "LogicalName", tables, json.loads(Path(printed).read_text()))
    for each in comparison.differences:
        print(each)
    print(f"{len(tables)} tables, {sum(len(table['Attributes']) for table in tables)} columns")
    print(f"{comparison.compared} values compared, {len(comparison.differences)} differences, {sum(comparison.left_out.values())} left out:")
    for reason, count in comparison.left_out.most_common():
        print(f"    {count}: {REASONS.get(reason, reason)}")
    sys.exit(bool(comparison.differences))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
