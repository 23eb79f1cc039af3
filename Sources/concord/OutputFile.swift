import Encoding
import Foundation

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

    /// Looks at the folder of a file before a person is asked about its content.
    static func checkPlace(_ path: String) throws {
        let folder = FolderPath(of: path).text
        var isFolder: ObjCBool = false
        guard
            FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
            isFolder.boolValue, access(folder, W_OK | X_OK) == 0
        else {
            throw CommandFailure(
                .cannotWrite, "\(path) cannot be written; check the folder and the disk")
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
