/// The content codings that a request takes (RFC 9110 § 12.5.3).
struct AcceptedCodings: Hashable {
    private var weights: [String: Bool] = [:]

    /// Reads the value of `Accept-Encoding`; what has another form is passed over.
    init(_ header: String) {
        for item in header.prefix(1_024).utf8.split(separator: UInt8(ascii: ",")).prefix(16) {
            let parts = String(Substring(item)).lowercased().split(separator: ";")
                .map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let name = parts.first, !name.isEmpty else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }?.dropFirst(2)
            // A weight of nothing but zeros refuses the coding.
            let isRefused = weight?.allSatisfy { $0 == "0" || $0 == "." } ?? false
            weights[name] = !isRefused
        }
    }

    func includes(_ coding: String) -> Bool { weights[coding] ?? weights["*"] ?? false }
}
