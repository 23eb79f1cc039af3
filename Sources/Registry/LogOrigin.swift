/// The name of a country's log, taken apart: `<network>/<country>/<generation>`.
///
/// `Protocol/log.md § Checkpoints`. A network of samples bears a name under `.example`, which
/// nobody can register.
public struct LogOrigin: Hashable, Sendable {
    public let network: String
    /// As the name writes it: two small letters.
    public let country: String
    public let generation: Int

    /// Reads a name; nil for any that has another form.
    public init?(parsing text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "+") }),
            let generation = Int(parts[2]), generation >= 1, parts[2] == "\(generation)"
        else { return nil }
        network = parts[0]
        country = parts[1]
        self.generation = generation
    }

    public var isSample: Bool { network.hasSuffix(".example") }

    /// The name of the log that follows this one.
    public var next: String { "\(network)/\(country)/\(generation + 1)" }

    /// Whether this is a later log of the same country.
    public func follows(_ other: LogOrigin) -> Bool {
        network == other.network && country == other.country && generation > other.generation
    }
}
