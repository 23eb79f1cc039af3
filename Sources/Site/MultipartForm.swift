/// The fields of a form with a file, as browsers send it (RFC 7578).
///
/// Strict and bounded: what no browser writes does not read.
struct MultipartForm {
    struct Field: Hashable {
        let name: String
        /// nil: the field is no file.
        let fileName: String?
        let bytes: [UInt8]

        var text: String? { String(validating: bytes, as: UTF8.self) }
    }

    let fields: [Field]

    private static let fieldLimit = 32
    private static let headerLimit = 4_096

    /// - Returns: nil if the bytes are not such a form.
    init?(parsing body: [UInt8], contentType: String) {
        guard let boundary = MultipartForm.boundary(contentType) else { return nil }
        let first = Array("--\(boundary)".utf8)
        let delimiter = Array("\r\n--\(boundary)".utf8)
        let blank = Array("\r\n\r\n".utf8)
        guard body.starts(with: first) else { return nil }
        var fields: [Field] = []
        var rest = body[first.count...]
        while true {
            if rest.starts(with: "--".utf8) { break }
            guard rest.starts(with: "\r\n".utf8), fields.count < MultipartForm.fieldLimit,
                let headEnd = rest.prefix(MultipartForm.headerLimit).firstRange(of: blank),
                let end = rest[headEnd.upperBound...].firstRange(of: delimiter),
                let (name, fileName) = MultipartForm.names(
                    String(decoding: rest[rest.startIndex..<headEnd.lowerBound], as: UTF8.self))
            else { return nil }
            let content = rest[headEnd.upperBound..<end.lowerBound]
            fields.append(Field(name: name, fileName: fileName, bytes: Array(content)))
            rest = rest[end.upperBound...]
        }
        self.fields = fields
    }

    subscript(name: String) -> Field? { fields.first { $0.name == name } }

    private static func boundary(_ contentType: String) -> String? {
        let parts = contentType.split(separator: ";").map { $0.drop { $0 == " " } }
        guard parts.first?.lowercased() == "multipart/form-data",
            let parameter = parts.dropFirst().first(where: {
                $0.lowercased().hasPrefix("boundary=")
            })
        else { return nil }
        let value = parameter.dropFirst("boundary=".count).filter { $0 != "\"" }
        return (1...70).contains(value.utf8.count) ? value : nil
    }

    /// The names in the part's `Content-Disposition`.
    private static func names(_ head: String) -> (name: String, fileName: String?)? {
        for line in head.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":"),
                line[..<colon].lowercased() == "content-disposition"
            else { continue }
            var found: [String: String] = [:]
            for part in line[line.index(after: colon)...].split(separator: ";").dropFirst() {
                let pair = part.split(separator: "=", maxSplits: 1)
                guard pair.count == 2 else { continue }
                found[pair[0].filter { $0 != " " }.lowercased()] = pair[1].filter { $0 != "\"" }
            }
            return found["name"].map { ($0, found["filename"]) }
        }
        return nil
    }
}
