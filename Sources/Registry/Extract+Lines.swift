internal import Cryptography
internal import Encoding

extension Extract {
    /// An act as an extract lists it.
    struct Line: Hashable {
        struct End: Hashable {
            let index: UInt64
            let from: String?
            let isAnnulment: Bool
        }

        let index: UInt64
        let kind: String
        let act: HashValue
        let end: End?
        let isUnknown: Bool
    }

    /// The acts that the text lists of a log, for who holds its entries against them.
    func lines(of origin: String) throws(ParsingError) -> [Line] {
        var reader = try MemberReader(
            JSONValue(parsing: text, limits: JSONLimits(size: 1 << 20, depth: 12)), at: "")
        var lines: [Line] = []
        for var log in try reader.readers("logs") where try log.string("origin") == origin {
            for var item in try log.readers("acts") {
                let ended = try item.optionalInteger("ended")
                let from = try item.optionalString("from")
                let isAnnulment = try item.optionalBool("annulled") ?? false
                lines.append(
                    Line(
                        index: UInt64(try item.integer("index")), kind: try item.string("kind"),
                        act: try item.hash("act"),
                        end: ended.map {
                            Line.End(index: UInt64($0), from: from, isAnnulment: isAnnulment)
                        }, isUnknown: try item.optionalBool("unknown") ?? false))
            }
        }
        return lines
    }
}
