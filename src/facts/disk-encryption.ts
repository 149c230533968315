/** The extensions by which Azure Disk Encryption encrypts disks from within a machine. */
export const DISK_ENCRYPTION = {
    publisher: "Microsoft.Azure.Security",
    types: ["AzureDiskEncryption", "AzureDiskEncryptionForLinux"],
} as const;
