public import Encoding

/// How claims are named: by people on a command line, and in requests.
extension ClaimPath {
    /// Reads `birthdate`, `address.city`, `modules[2].grade`.
    ///
    /// A name that holds a point or a bracket cannot be written so; a request can name it.
    public init?(parsing text: String) {
        var components: [Component] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            guard let name = pieces.first, !name.isEmpty, !name.contains("]") else { return nil }
            components.append(.name(String(name)))
            for piece in pieces.dropFirst() {
                guard piece.last == "]", (2...5).contains(piece.utf8.count),
                    piece.utf8.dropLast().allSatisfy({ (0x30...0x39).contains($0) }),
                    let index = Int(piece.dropLast())
                else { return nil }
                components.append(.index(index))
            }
        }
        guard components.count <= PresentationRequest.pathLimit else { return nil }
        self.init(components)
    }

    /// The path as people read it: `address.city`.
    public var text: String { String(description.dropFirst()) }

    /// Reads an element of `ask`: a name, or an array of names and positions.
    init?(asked value: JSONValue) {
        func isName(_ text: String) -> Bool { ClaimReader.isText(text, limit: 200) }
        switch value {
        case .string(let name):
            guard isName(name) else { return nil }
            self.init([.name(name)])
        case .array(let elements):
            guard (1...PresentationRequest.pathLimit).contains(elements.count),
                elements.first?.string != nil
            else { return nil }
            var components: [Component] = []
            for element in elements {
                switch element {
                case .string(let name) where isName(name): components.append(.name(name))
                case .integer(let index) where (0...9_999).contains(index):
                    components.append(.index(Int(index)))
                default: return nil
                }
            }
            self.init(components)
        default: return nil
        }
    }

    /// The element of `ask`: a name alone where it is one.
    var asked: JSONValue {
        if components.count == 1, case .name(let name) = components[0] { return .string(name) }
        return .array(
            components.map { component in
                switch component {
                case .name(let name): .string(name)
                case .index(let index): .integer(Int64(index))
                }
            })
    }

    /// The value that stands there, or nil.
    public func value(in claims: JSONObject) -> JSONValue? {
        var value = JSONValue.object(claims)
        for component in components {
            switch (component, value) {
            case (.name(let name), .object(let object)):
                guard let next = object[name] else { return nil }
                value = next
            case (.index(let index), .array(let elements)):
                guard elements.indices.contains(index) else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }
}
