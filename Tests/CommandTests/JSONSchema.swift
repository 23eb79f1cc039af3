import Encoding

/// As much of JSON Schema 2020-12 as the description of the addresses uses.
struct JSONSchema {
    private let paths: JSONObject
    private let schemas: JSONObject
    private let responses: JSONObject

    struct NotADescription: Error {}

    init(of description: JSONValue) throws {
        guard let object = description.object, object["openapi"]?.string == "3.1.0",
            let paths = object["paths"]?.object,
            let schemas = object["components"]?.object?["schemas"]?.object
        else { throw NotADescription() }
        self.paths = paths
        self.schemas = schemas
        responses = object["components"]?.object?["responses"]?.object ?? JSONObject()
    }

    /// The template of a path; one without parameters is preferred.
    func template(of path: String) -> String? {
        if paths[path] != nil { return path }
        let parts = path.split(separator: "/")
        return paths.members.map(\.name).filter { name in
            let names = name.split(separator: "/")
            // The last of a template may stand for several.
            let isOpen = name.hasSuffix("/{path}") && names.count < parts.count
            return (names.count == parts.count || isOpen)
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

    /// What of a whole answer is not as described: its status, its type, its headers, its body.
    func faults(of answer: HTTPAnswer, at template: String, method: String) -> [String] {
        let place = "\(method) \(template) \(answer.status)"
        let listed = paths[template]?.object?[method]?.object?["responses"]?.object
        guard var described = listed?["\(answer.status)"]?.object else {
            return ["\(place): the status is not described"]
        }
        if let reference = described["$ref"]?.string,
            let found = responses[String(reference.split(separator: "/").last ?? "")]?.object
        {
            described = found
        }
        var faults: [String] = []
        for header in described["headers"]?.object?.members ?? [] {
            guard answer.headers[header.name.lowercased()] == nil else { continue }
            faults.append("\(place): \(header.name) is missing")
        }
        let type = (answer.headers["content-type"] ?? "").prefix { $0 != ";" }
        guard let content = described["content"]?.object else {
            return faults + (answer.body.isEmpty ? [] : ["\(place): a body is not described"])
        }
        guard let media = content[String(type)]?.object else {
            return faults + ["\(place): \(type) is not described"]
        }
        guard type.hasSuffix("json"), let schema = media["schema"] else { return faults }
        guard let value = try? answer.json else { return faults + ["\(place): no JSON"] }
        return faults + self.faults(value, schema, at: "")
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
        let types = schema["type"].map { $0.array?.compactMap(\.string) ?? [$0.string ?? ""] }
        if let types, !types.contains(where: { JSONSchema.is(value, $0) }) {
            return ["\(path): \(value.kind) instead of \(types.joined(separator: " or "))"]
        }
        faults += JSONSchema.bounds(of: value, schema, at: path)
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

    private static func bounds(
        of value: JSONValue, _ schema: JSONObject, at path: String
    ) -> [String] {
        let sizes: [(String, String, Int64?)] = [
            ("minItems", "maxItems", value.array.map { Int64($0.count) }),
            ("minLength", "maxLength", value.string.map { Int64($0.unicodeScalars.count) }),
            ("minimum", "maximum", value.integer),
        ]
        var faults: [String] = []
        for (least, most, size) in sizes {
            guard let size else { continue }
            if let bound = schema[least]?.integer, size < bound {
                faults.append("\(path): \(size) is below \(least)")
            }
            if let bound = schema[most]?.integer, size > bound {
                faults.append("\(path): \(size) is above \(most)")
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
