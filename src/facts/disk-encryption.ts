/** The extensions by which Azure Disk Encryption encrypts disks from within a VM. */
export const DISK_ENCRYPTION = {
    publisher: "Microsoft.Azure.Security",
    types: ["AzureDiskEncryption", "AzureDiskEncryptionForLinux"],
} as const;
