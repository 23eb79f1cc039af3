/// The name of a body's status list: a URL under the network of the log, never fetched.
public enum StatusListName {
    public static func current(of body: String, network origin: String) -> String {
        let network = origin.split(separator: "/").dropLast().joined(separator: "/")
        return "https://\(network)/status/\(body)/1"
    }

    /// Whether it is the name of one of the body's lists.
    public static func isList(_ name: String, of body: String, network origin: String) -> Bool {
        let stem = current(of: body, network: origin).dropLast()
        return name.hasPrefix(stem) && Int(name.dropFirst(stem.count)) != nil
    }

    /// Whose list has that name; nil if it is none of this network.
    static func issuer(of name: String, network origin: String) -> String? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return nil }
        let body = String(parts[parts.count - 2])
        return isList(name, of: body, network: origin) ? body : nil
    }
}
