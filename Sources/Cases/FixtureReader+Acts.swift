import Encoding

/// Members that become part of an act by another form: of any other form than theirs, they would be
/// lost before the act is parsed.
extension FixtureReader {
    /// A string, where there is one.
    mutating func text(_ name: String) throws(ParsingError) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string else { throw wrongType(name, "a string", value) }
        return text
    }

    /// The objects of a list, where there is one.
    mutating func objects(_ name: String) throws(ParsingError) -> [JSONObject]? {
        guard let value = value(name) else { return nil }
        guard let elements = value.array else { throw wrongType(name, "a list", value) }
        var objects: [JSONObject] = []
        for (index, element) in elements.enumerated() {
            guard let object = element.object else {
                throw wrongType("\(name)[\(index)]", "an object", element)
            }
            objects.append(object)
        }
        return objects
    }

    /// Whether a list is there that says by its emptiness that none is needed; one with something
    /// in it would say nothing.
    mutating func isEmptyList(_ name: String) throws(ParsingError) -> Bool {
        guard let value = value(name) else { return false }
        guard let elements = value.array else { throw wrongType(name, "a list", value) }
        guard elements.isEmpty else {
            throw .wrongForm(path: "\(path).\(name)", expected: "an empty list")
        }
        return true
    }

    private func wrongType(
        _ name: String, _ expected: String, _ value: JSONValue
    ) -> ParsingError {
        .wrongType(path: "\(path).\(name)", expected: expected, found: value.kind)
    }
}
