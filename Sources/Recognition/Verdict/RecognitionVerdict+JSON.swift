public import Encoding

extension RecognitionVerdict {
    /// The verdict in codes.
    public var document: JSONValue {
        func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
        var object: JSONObject = [
            "status": .string(word.rawValue), "grounds": list(grounds.map(\.id)),
            "conditions": list(conditions.map(\.id)), "missing": list(missing),
            "level": list(level), "reason": reason.map { .string($0.code) } ?? .null,
            "notes": list(notes.map(\.code)), "rules": list(rules.map(\.rawValue)),
            "scope": list(scope), "next": list(nextSteps.map(\.code)),
        ]
        object["framework"] = framework.map(JSONValue.string)
        object["until"] = until.map { .string($0.description) }
        return .object(object)
    }
}
