/// The folder in which a path's file lies, by its text alone.
///
/// As `dirname` of POSIX: `.` for a name without a folder, `/` for what lies in the root; slashes
/// at the end count for nothing.
public struct FolderPath: Hashable, Sendable {
    public let text: String

    public init(of path: String) {
        var bytes = Array(path.utf8)
        func dropSlashes() {
            while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        }
        dropSlashes()
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else {
            text = "."
            return
        }
        bytes.removeSubrange((slash == 0 ? 1 : slash)...)
        dropSlashes()
        text = String(decoding: bytes, as: UTF8.self)
    }
}
