public import Encoding
public import Language

/// What every page needs to know about its reader and its node.
public struct PageContext: Sendable {
    public let catalogue: Catalogue
    /// The language that the reader chose by `lang`, which links go on with; nil: the browser's.
    public let chosenLanguage: String?
    /// What the question was, so that the page in another language asks the same.
    public let query: [(name: String, value: String)]
    /// The country whose log the node trusts from the start.
    public let country: String
    public let isSample: Bool
    public let now: Timestamp

    /// - Parameter query: without `lang`.
    public init(
        catalogue: Catalogue, chosenLanguage: String?, query: [(name: String, value: String)],
        country: String, isSample: Bool, now: Timestamp
    ) {
        self.catalogue = catalogue
        self.chosenLanguage = chosenLanguage
        self.query = query
        self.country = country
        self.isSample = isSample
        self.now = now
    }

    /// The same for a reader who chose another language.
    public func speaking(_ catalogue: Catalogue) -> PageContext {
        PageContext(
            catalogue: catalogue, chosenLanguage: catalogue.translation.tag, query: query,
            country: country, isSample: isSample, now: now)
    }

    var languages: [String] { [catalogue.translation.tag] }

    func text(_ key: MessageKey) -> String { catalogue.text(key) }

    func text(_ message: Message) -> String { catalogue.text(of: message) }

    /// The text of a code of a closed list; the code itself where there is none.
    func text(_ subject: String, _ code: String) -> String {
        MessageKey(named: "\(subject).\(code)").map { catalogue.text($0) } ?? code
    }

    /// The link to a page, in the language that was chosen.
    func href(
        _ address: PageAddress, _ query: [(name: String, value: String)] = [],
        language: String? = nil
    ) -> String {
        var pairs = query
        if let language = language ?? chosenLanguage { pairs.append(("lang", language)) }
        return address.path + PageContext.query(pairs)
    }

    static func query(_ pairs: [(name: String, value: String)]) -> String {
        guard !pairs.isEmpty else { return "" }
        return "?"
            + pairs.map { "\(PageAddress.encoded($0.name))=\(PageAddress.encoded($0.value))" }
            .joined(separator: "&")
    }
}
