import Foundation

/// The inputs of `verify` in their order: files, standard input, and what lies in a folder.
struct JudgedPaths {
    let paths: [String]
    /// Whether a folder is among the inputs: then one line a file is enough.
    let hasFolder: Bool

    init(_ arguments: [String]) throws {
        var paths: [String] = []
        var hasFolder = false
        for argument in arguments {
            var isFolder: ObjCBool = false
            guard argument != "-",
                FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder),
                isFolder.boolValue
            else {
                paths.append(argument)
                continue
            }
            hasFolder = true
            paths += try JudgedPaths.files(in: argument)
        }
        self.paths = paths
        self.hasFolder = hasFolder
    }

    /// The files directly in a folder, by name; hidden ones and folders are left out.
    private static func files(in folder: String) throws -> [String] {
        guard let stream = opendir(folder) else {
            throw CommandFailure(
                .inputMissing, "the folder \(folder) cannot be read; check its permissions")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let type = Int32(entry.pointee.d_type)
            guard type == DT_REG || type == DT_LNK || type == DT_UNKNOWN else { continue }
            let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        guard !names.isEmpty else {
            throw CommandFailure(
                .inputMissing, "expected files in the folder \(folder), found none")
        }
        return names.sorted().map { "\(folder)/\($0)" }
    }
}
