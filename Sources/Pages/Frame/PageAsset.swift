internal import Cryptography

/// A file that pages load, under a name with its hash: its bytes at that address never change.
public struct PageAsset: Sendable {
    public let path: String
    public let contentType: String
    public let bytes: [UInt8]

    private init(_ name: String, _ suffix: String, contentType: String, _ text: String) {
        bytes = Array(text.utf8)
        path = "/assets/\(name)-\(HashValue(of: bytes).hexadecimal.prefix(16)).\(suffix)"
        self.contentType = contentType
    }

    static let styleSheet = PageAsset(
        "concord", "css", contentType: "text/css; charset=utf-8", StyleSheet.text)
    static let script = PageAsset(
        "concord", "js", contentType: "text/javascript; charset=utf-8", Script.text)
    /// So small that it stands in the page itself: one request less.
    static let icon =
        "data:image/svg+xml,"
        + PageAddress.encoded(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" \
            height="32" rx="7" fill="#1d4e6b"/><g fill="none" stroke="#fff" stroke-width="3">\
            <circle cx="13" cy="16" r="7"/><circle cx="19" cy="16" r="7"/></g></svg>
            """)

    /// Every file that a page loads.
    public static let all = [styleSheet, script]
}
