/// The name of a body's status list: a URL under the network of the log, never fetched.
public enum StatusListName {
    public static func current(of body: String, network origin: String) -> String {
        let network = origin.split(separator: "/").dropLast().joined(separator: "/")
        return "https://\(network)/status/\(body)/1"
    }
}
