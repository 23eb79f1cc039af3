import ArgumentParser

/// `concord pack`: logs as one file, for a bad line or none.
struct PackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Carry logs as one file, for a bad line or none.",
        subcommands: [PackExportCommand.self, PackImportCommand.self])
}
