import Encoding

/// As much of JSON Schema 2020-12 as the description of the addresses uses.
struct JSONSchema {
    private let paths: JSONObject
    private let schemas: JSONObject

    struct NotADescription: Error {}

    init(of description: JSONValue) throws {
        guard let object = description.object, object["openapi"]?.string == "3.1.0",
            let paths = object["paths"]?.object,
            let schemas = object["components"]?.object?["schemas"]?.object
        else { throw NotADescription() }
        self.paths = paths
        self.schemas = schemas
    }

    /// The template of a path; one without parameters is preferred.
    func template(of path: String) -> String? {
        if paths[path] != nil { return path }
        let parts = path.split(separator: "/")
        return paths.members.map(\.name).filter { name in
            let names = name.split(separator: "/")
            return names.count == parts.count
                && zip(names, parts).allSatisfy { template, part in
                    guard let open = template.firstIndex(of: "{"),
                        let close = template.firstIndex(of: "}")
                    else { return template == part }
                    return part.hasPrefix(template[..<open])
                        && part.hasSuffix(template[template.index(after: close)...])
                }
        }.max { $0.count < $1.count }
    }

    /// What in an answer of that address is not as described.
    func faults(of value: JSONValue, at template: String, method: String) -> [String] {
        let content = paths[template]?.object?[method]?.object?["responses"]?.object?["200"]?
            .object?["content"]?.object?["application/json"]?.object
        guard let schema = content?["schema"] else { return ["no schema at \(template)"] }
        return faults(value, schema, at: "")
    }

    private func faults(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
        guard let schema = schema.object else { return [] }
        if let reference = schema["$ref"]?.string {
            let name = String(reference.split(separator: "/").last ?? "")
            guard let found = schemas[name] else { return ["\(path): no schema \(name)"] }
            return self.faults(value, found, at: path)
        }
        if let choices = schema["oneOf"]?.array {
            let fitting = choices.filter { self.faults(value, $0, at: path).isEmpty }
            return fitting.count == 1 ? [] : ["\(path): fits \(fitting.count) of its schemas"]
        }
        if let constant = schema["const"] {
            return value == constant ? [] : ["\(path): is not \(constant)"]
        }
        var faults: [String] = []
        if let type = schema["type"]?.string, !JSONSchema.is(value, type) {
            return ["\(path): \(value.kind) instead of \(type)"]
        }
        if let allowed = schema["enum"]?.array, !allowed.contains(value) {
            faults.append("\(path): \(value) is not in the list")
        }
        if let pattern = schema["pattern"]?.string, let text = value.string,
            let expression = try? Regex(pattern), text.wholeMatch(of: expression) == nil
        {
            faults.append("\(path): does not match \(pattern)")
        }
        if let items = schema["items"], let elements = value.array {
            for (index, element) in elements.enumerated() {
                faults += self.faults(element, items, at: "\(path)[\(index)]")
            }
        }
        if let object = value.object { faults += members(object, schema, at: path) }
        return faults
    }

    private func members(
        _ object: JSONObject, _ schema: JSONObject, at path: String
    ) -> [String] {
        var faults: [String] = []
        for name in (schema["required"]?.array ?? []).compactMap(\.string)
        where object[name] == nil {
            faults.append("\(path): \(name) is missing")
        }
        for member in object.members {
            if let property = schema["properties"]?.object?[member.name] {
                faults += self.faults(member.value, property, at: "\(path).\(member.name)")
            } else if let others = schema["additionalProperties"] {
                if others == .bool(false) {
                    faults.append("\(path): \(member.name) is not described")
                } else {
                    faults += self.faults(member.value, others, at: "\(path).\(member.name)")
                }
            }
        }
        return faults
    }

    private static func `is`(_ value: JSONValue, _ type: String) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool),
            ("integer", .integer), ("null", .null):
            true
        default: false
        }
    }
}
