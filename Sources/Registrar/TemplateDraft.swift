public import Encoding
import Registry

/// A template for a registered qualification, to be edited: the usual columns, the registered
/// validity and units.
///
/// `Protocol/template.md § Example`.
public struct TemplateDraft: Sendable {
    /// The text of the file.
    public let text: String

    /// - Parameter version: nil: the newest that stands.
    /// - Throws: `RegistrarError.notRegistered` if there is none.
    public init(
        qualification: String, version: String?, in office: Office, at now: Timestamp
    ) throws {
        let standing = try office.state(about: [qualification], at: now)
            .qualifications(qualification).filter { $0.1.stands(on: now.day) }
            .map(\.qualification)
        let wanted = standing.last { version == nil || $0.version == version }
        guard let wanted else {
            throw RegistrarError.notRegistered(
                qualification: qualification, version: version ?? "any",
                registered: Set(standing.map(\.version)).sorted())
        }
        var object: JSONObject = [
            "type": "template", "version": 1, "qualification": .string(wanted.id),
            "qualificationVersion": .string(wanted.version),
        ]
        object["level"] = wanted.level.map(JSONValue.string)
        object["languages"] = ["en"]
        object["dates"] = "YYYY-MM-DD"
        object["validity"] =
            wanted.awardValidMonths.map { ["months": .integer($0)] } ?? "none"
        object["fields"] = .array(TemplateDraft.fields(of: wanted))
        text = JSONValue.object(object).indented
    }

    private static func fields(of version: Qualification) -> [JSONValue] {
        func field(
            _ column: String, _ claim: String?, _ type: String, isRequired: Bool = false
        ) -> JSONObject {
            var object: JSONObject = ["column": .string(column)]
            object["claim"] = claim.map(JSONValue.string)
            object["type"] = .string(type)
            if isRequired { object["required"] = true }
            return object
        }
        var fields = [
            field("Full name", "name", "text", isRequired: true),
            field("Date of birth", "birthdate", "date", isRequired: true),
            field("Date of award", "awarded", "date", isRequired: true),
            field("Certificate number", "certificate_number", "code"),
        ]
        if !version.units.isEmpty {
            var units = field("Units", "units", "codes")
            units["values"] = .array(version.units.map { .string($0.code) })
            fields.append(units)
        }
        fields.append(field("Student number", nil, "text"))
        return fields.map(JSONValue.object)
    }
}
