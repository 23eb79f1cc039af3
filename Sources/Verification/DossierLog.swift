import Cryptography
import Encoding
import Registry
import TransparencyLog

extension Dossier.Log {
    init(reading reader: inout MemberReader) throws(VerificationError) {
        var itemReaders: [MemberReader]
        do throws(ParsingError) {
            country = try reader.string("country")
            checkpoint = try Dossier.note(
                try reader.string("checkpoint"), at: reader.child("checkpoint"))
            var older: [Dossier.OlderCheckpoint] = []
            for var item in try reader.readers("older") {
                let path = item.child("checkpoint")
                let note = try Dossier.note(try item.string("checkpoint"), at: path)
                older.append(
                    Dossier.OlderCheckpoint(
                        checkpoint: note, consistency: try item.hashes("consistency")))
                try item.finish()
            }
            self.older = older
            itemReaders = try reader.readers("entries")
            try reader.finish()
        } catch { throw .dossier(error) }
        var items: [Dossier.Item] = []
        for var item in itemReaders { items.append(try Dossier.Item(reading: &item, country)) }
        self.items = items
    }

    var value: JSONValue {
        var object: JSONObject = [
            "country": .string(country),
            "checkpoint": .string(String(decoding: checkpoint.serialized, as: UTF8.self)),
        ]
        object["older"] = .array(
            older.map { item in
                [
                    "checkpoint": .string(
                        String(decoding: item.checkpoint.serialized, as: UTF8.self)),
                    "consistency": .hashes(item.consistency),
                ]
            })
        object["entries"] = .array(
            items.map { item in
                [
                    "index": .integer(Int64(item.index)),
                    "entry": .string(String(decoding: item.entry.serialized, as: UTF8.self)),
                    "proof": .hashes(item.proof),
                ]
            })
        return .object(object)
    }
}

extension Dossier.Item {
    fileprivate init(
        reading reader: inout MemberReader, _ country: String
    ) throws(VerificationError) {
        let text: String
        do throws(ParsingError) {
            index = UInt64(try reader.integer("index"))
            text = try reader.string("entry")
            proof = try reader.hashes("proof")
            try reader.finish()
        } catch { throw .dossier(error) }
        do throws(RegistryError) {
            entry = try RegistryEntry(parsing: Array(text.utf8))
        } catch { throw .dossierEntry(origin: country, error) }
    }
}

extension MemberReader {
    /// At most 64 hashes in base64: no path is longer.
    fileprivate mutating func hashes(_ name: String) throws(ParsingError) -> [HashValue] {
        let texts = try strings(name)
        let values = texts.compactMap { text in
            Base64.standard.decode(text).flatMap { HashValue(bytes: $0) }
        }
        guard texts.count <= 64, values.count == texts.count else {
            throw .wrongForm(path: child(name), expected: "at most 64 hashes in base64")
        }
        return values
    }
}

extension JSONValue {
    fileprivate static func hashes(_ hashes: [HashValue]) -> JSONValue {
        .array(hashes.map { .string(Base64.standard.encode($0.bytes)) })
    }
}
