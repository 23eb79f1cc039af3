import Foundation
import Sync

/// A pack, taken apart so that a carrier can leave something out or put something else in.
struct SpoiledPack {
    private let bytes: [UInt8]

    init(_ path: String) throws { bytes = Array(try Data(contentsOf: URL(filePath: path))) }

    /// The pack with every list of statuses exchanged; nil leaves it out.
    func replacingLists(_ change: ([UInt8]) -> [UInt8]?) throws -> [UInt8] {
        var rest = bytes.dropFirst(PackPart.magic.utf8.count)
        var result = Array(PackPart.magic.utf8)
        var count = 0
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
            guard words.count == 4, words[0] == "part", let length = Int(words[2]) else { break }
            let start = end + 1
            let content = Array(rest[start..<(start + length)])
            rest = rest[(start + length + 1)...]
            let path = String(words[1])
            let kept = path.hasPrefix("/blob/") ? change(content) : content
            guard let kept else { continue }
            result += Array(PackPart(path: path, bytes: kept).line.utf8) + kept + [0x0A]
            count += 1
        }
        return result + Array(PackPart.lastLine(count).utf8)
    }
}
