public import Cryptography
public import Encoding
public import TransparencyLog

/// Keys that follow from their names, so that every run makes the same bytes.
public enum SampleKeys {
    public static func signing(_ name: String) throws -> SigningKey {
        try SigningKey(seed: HashValue(of: "sample key \(name)".utf8).bytes)
    }

    public static func signer(_ name: String, seed: String? = nil) throws -> NoteSigner {
        try NoteSigner(name: name, key: signing(seed ?? name), algorithm: .ed25519)
    }

    public static func witness(_ name: String) throws -> NoteSigner {
        try NoteSigner(name: name, key: signing(name), algorithm: .cosignature)
    }
}

extension Timestamp {
    /// Noon of a day such as `2026-11-23`.
    public static func noon(_ day: String) throws -> Timestamp {
        guard let day = CalendarDate(parsing: day) else { throw SampleError.notADay(day) }
        return day.start + 43_200
    }
}

extension CalendarDate {
    public static func day(_ text: String) throws -> CalendarDate {
        guard let day = CalendarDate(parsing: text) else { throw SampleError.notADay(text) }
        return day
    }
}

public enum SampleError: Error {
    case notADay(String)
    case noCheckpoint
    case noFile
    case answersDiffer
}
