import Foundation

/// A file that somebody handed over: read whole, up to a limit.
enum InputFile {
    /// The bytes of the file, or of standard input for `-`.
    static func read(_ path: String, limit: Int = 8 << 20) throws -> [UInt8] {
        let handle: FileHandle
        if path == "-" {
            handle = .standardInput
        } else {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw CommandFailure(
                    .inputMissing, "expected a file at \(path), found none; check the path")
            }
            guard !isFolder.boolValue else {
                throw CommandFailure(.inputMissing, "expected a file at \(path), found a folder")
            }
            guard let opened = FileHandle(forReadingAtPath: path) else {
                throw CommandFailure(
                    .inputMissing, "\(path) cannot be read; check its permissions")
            }
            handle = opened
        }
        let data = try handle.read(upToCount: limit + 1) ?? Data()
        guard data.count <= limit else {
            throw CommandFailure(
                .notWhatItClaims, "expected at most \(limit) bytes in \(path), found more")
        }
        return Array(data)
    }
}

/// A file that a command makes: written aside, then moved into place, so that it is whole or
/// not there.
enum OutputFile {
    static func write(
        _ bytes: [UInt8], to path: String, mode: Int = 0o644, replacing: Bool = true
    ) throws {
        if !replacing, FileManager.default.fileExists(atPath: path) {
            throw CommandFailure(
                .cannotWrite, "expected no file at \(path), found one; choose another place")
        }
        let aside = "\(path).\(UInt32.random(in: 0 ... .max)).part"
        guard
            FileManager.default.createFile(
                atPath: aside, contents: Data(bytes), attributes: [.posixPermissions: mode])
        else {
            throw CommandFailure(
                .cannotWrite, "\(path) cannot be written; check the folder and the disk")
        }
        guard rename(aside, path) == 0 else {
            try? FileManager.default.removeItem(atPath: aside)
            throw CommandFailure(
                .cannotWrite, "\(path) cannot be written; check that it is no folder")
        }
    }

    static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(
                .cannotWrite, "the folder \(path) cannot be made; check the one above it")
        }
    }
}
