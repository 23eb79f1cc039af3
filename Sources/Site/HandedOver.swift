internal import Credentials
internal import Node
internal import Registrar
internal import Verification

/// What somebody hands over with a form: a file, a picture of a code, or a text that was pasted.
///
/// It is in memory alone and goes with the answer.
struct HandedOver {
    private let fields: [String: [UInt8]]

    init(_ request: PageRequest) throws(SiteProblem) {
        guard let body = request.body else { throw .tooLarge }
        var fields: [String: [UInt8]] = [:]
        if request.contentType.lowercased().hasPrefix("multipart/") {
            guard let form = MultipartForm(parsing: body, contentType: request.contentType) else {
                throw .malformed("multipart/form-data")
            }
            for field in form.fields where fields[field.name] == nil {
                fields[field.name] = field.bytes
            }
        } else {
            for pair in PercentEncoding.pairs(String(decoding: body, as: UTF8.self)) {
                fields[pair.name] = Array(pair.value.utf8)
            }
        }
        self.fields = fields
    }

    static func result(of request: PageRequest) -> Result<HandedOver, SiteProblem> {
        Result { () throws(SiteProblem) in try HandedOver(request) }
    }

    /// The words of a field; nil where it is empty.
    func text(_ name: String) -> String? {
        let words = String(decoding: fields[name] ?? [], as: UTF8.self)
            .split { $0 == " " || $0.isNewline }.joined(separator: " ")
        return words.isEmpty ? nil : words
    }

    /// The text of the certificates: the file, the code of the picture, or what was pasted.
    func certificate(reading pictures: PictureReader) async throws(SiteProblem) -> [UInt8] {
        let file = fields["file"] ?? []
        let bytes = file.isEmpty ? HandedOver.pasted(fields["text"] ?? []) : file
        guard !bytes.isEmpty else { throw .empty }
        guard let picture = CertificatePicture(bytes) else { return bytes }
        return Array(try await pictures.code(in: picture).utf8)
    }

    /// The most that a page brings once more.
    private static let againLimit = 128 << 10

    /// The fields with which a form asks the same once more; none if the certificate is no text
    /// that a form brings unchanged, or too long for a page.
    func again(_ certificate: [UInt8]) -> [(name: String, value: String)] {
        let isText = certificate.allSatisfy { byte in
            byte >= 0x20 && byte != 0x7F || [0x09, 0x0A, 0x0D].contains(byte)
        }
        guard certificate.count <= HandedOver.againLimit, isText,
            let text = String(validating: certificate, as: UTF8.self)
        else { return [] }
        return ["destination", "purpose", "occupation", "target"].compactMap { name in
            self.text(name).map { (name, $0) }
        } + [("text", text)]
    }

    static func input(_ bytes: [UInt8]) throws(SiteProblem) -> VerificationInput {
        do { return try VerificationInput(parsing: bytes) } catch {
            throw .malformed(error.description)
        }
    }

    /// A text as it was pasted: what is no JSON and has no marks around it has no blanks, whatever
    /// a message wrapped; in the text of a code on paper a blank is a letter.
    private static func pasted(_ bytes: [UInt8]) -> [UInt8] {
        let isBreak = { (byte: UInt8) in byte == 0x0A || byte == 0x0D }
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || isBreak(byte) }
        let text = Array(bytes.drop(while: isBlank))
        if text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "-") { return text }
        return PaperCode.isClaimed(by: text)
            ? text.filter { !isBreak($0) } : text.filter { !isBlank($0) }
    }
}
