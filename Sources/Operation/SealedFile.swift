import Cryptography
import Encoding
import Foundation

/// A file that only the recovery key opens, written and read part by part.
///
/// `Protocol/operation.md § Backup`. Three lines, then parts of up to a mebibyte, each sealed under
/// a key of the file's own with its number and whether it is the last: none can be changed, left
/// out, moved, or taken from another file.
enum SealedFile {
    static let header = "concord-backup/1"
    static let partBytes = 1 << 20
    /// What a part is longer by than what it says: nonce and tag.
    static let overhead = 40

    static func context(_ box: String, _ number: UInt64, isLast: Bool) -> [UInt8] {
        Array("\(header)\n\(box)\n\(number)\n\(isLast ? "last" : "more")\n".utf8)
    }
}

/// Writes a sealed file; it is whole at its place, or not there.
final class SealedFileWriter {
    private let path: String
    private let handle: FileHandle
    private let key: SealingKey
    private let box: String
    private var buffer: [UInt8] = []
    private var number: UInt64 = 0
    private var generator = SystemRandomNumberGenerator()
    private var isFinished = false

    private var aside: String { path + ".part" }

    init(_ path: String, for recovery: VerificationKey) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw OperationError.alreadyThere(path: path)
        }
        self.path = path
        key = SealingKey.generated(using: &generator)
        box = Base64.standard.encode(try key.sealed(for: recovery, using: &generator))
        let descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw OperationError.cannotWrite(path: path) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let lines = "\(SealedFile.header)\n\(Base64.standard.encode(recovery.bytes))\n\(box)\n"
        try put(Array(lines.utf8))
    }

    deinit { if !isFinished { try? FileManager.default.removeItem(atPath: aside) } }

    func write(_ bytes: [UInt8]) throws {
        buffer += bytes
        while buffer.count > SealedFile.partBytes {
            try seal(Array(buffer.prefix(SealedFile.partBytes)), isLast: false)
            buffer.removeFirst(SealedFile.partBytes)
        }
    }

    /// Writes what is left; on disk under its name when it returns.
    func finish() throws {
        try seal(buffer, isLast: true)
        do { try handle.synchronize() } catch { throw OperationError.cannotWrite(path: path) }
        guard rename(aside, path) == 0 else { throw OperationError.cannotWrite(path: path) }
        isFinished = true
        try Disk.sync(FolderPath(of: path).text)
    }

    private func seal(_ part: [UInt8], isLast: Bool) throws {
        let context = SealedFile.context(box, number, isLast: isLast)
        let sealed = key.seal(part, context: context, using: &generator)
        let count = UInt32(sealed.count)
        let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
        try put(length + sealed)
        number += 1
    }

    private func put(_ bytes: [UInt8]) throws {
        do { try handle.write(contentsOf: bytes) } catch {
            throw OperationError.cannotWrite(path: path)
        }
    }
}

/// Reads a sealed file; what it gives out is what was written, in its order.
final class SealedFileReader {
    private let path: String
    private let handle: FileHandle
    private let key: SealingKey
    private let box: String
    private var buffer: [UInt8] = []
    private var number: UInt64 = 0
    private var isAtEnd = false

    init(_ path: String, with recovery: SigningKey) throws {
        self.path = path
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw OperationError.cannotRead(path: path)
        }
        self.handle = handle
        let head = try handle.read(upToCount: 4_096) ?? Data()
        let lines = head.split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false)
        let name = lines.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard name.hasPrefix("concord-backup/"), lines.count == 4 else {
            throw OperationError.notBackup(path: path)
        }
        guard name == SealedFile.header else {
            let version = String(name.dropFirst("concord-backup/".count).prefix(12))
            throw OperationError.newerBackup(path: path, expected: 1, found: version)
        }
        box = String(decoding: lines[2], as: UTF8.self)
        guard
            let recipient = Base64.standard.decode(String(decoding: lines[1], as: UTF8.self))
                .flatMap({ VerificationKey(bytes: $0) }),
            let sealed = Base64.standard.decode(box)
        else { throw OperationError.notBackup(path: path) }
        guard recipient == recovery.verificationKey else {
            throw OperationError.otherRecoveryKey(
                path: path, expected: Fingerprint(of: recipient.bytes),
                found: Fingerprint(of: recovery.verificationKey.bytes))
        }
        do {
            key = try SealingKey(opening: sealed, with: recovery, what: "the backup")
        } catch { throw OperationError.cannotOpen(path: path) }
        try handle.seek(toOffset: UInt64(lines[0].count + lines[1].count + lines[2].count + 3))
    }

    /// The next bytes, exactly so many.
    func read(_ count: Int) throws -> [UInt8] {
        while buffer.count < count { try readPart() }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    /// Refuses what comes after the last byte that was asked for.
    func finish() throws {
        if !isAtEnd { try readPart() }
        guard isAtEnd, buffer.isEmpty, try handle.read(upToCount: 1)?.isEmpty ?? true else {
            throw OperationError.changed(path: path, part: number)
        }
    }

    private func readPart() throws {
        guard !isAtEnd else { throw OperationError.cutOff(path: path) }
        let length = try exactly(4).reduce(0) { $0 << 8 | Int($1) }
        guard (SealedFile.overhead...(SealedFile.partBytes + SealedFile.overhead)).contains(length)
        else { throw OperationError.changed(path: path, part: number) }
        let sealed = try exactly(length)
        for isLast in [false, true] {
            let context = SealedFile.context(box, number, isLast: isLast)
            if let part = try? key.open(sealed, context: context, what: "the backup") {
                buffer += part
                number += 1
                isAtEnd = isLast
                return
            }
        }
        throw OperationError.changed(path: path, part: number)
    }

    private func exactly(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            guard let next = try handle.read(upToCount: count - bytes.count), !next.isEmpty else {
                throw OperationError.cutOff(path: path)
            }
            bytes += next
        }
        return bytes
    }
}
