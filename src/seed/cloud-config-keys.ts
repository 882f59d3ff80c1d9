/**
 * Written by scripts/cloud-config.ts from the schemas of cloud-init 22.4, 23.1, 23.4, 24.1, 24.4, 25.1, 25.3, 26.2: the keys of a
 * #cloud-config, each with the shape of its value (`Shape` in schema.ts) as JSON.
 */
export const cloudConfigKeys: Readonly<Record<string, string>> = {
  allow_public_ssh_keys: '{"t":"b"}',
  ansible:
    '{"t":"o","k":{"install_method":{"t":"s","e":["distro","pip"]},"run_user":{"t":"s"},"ansible_config":{"t":"s"},"setup_controller":{"t":"o","k":{"repositories":{"t":"a","i":{"t":"o","k":{"path":{"t":"s"},"source":{"t":"s"}},"r":["path","source"]}},"run_ansible":{"t":"a","i":{"t":"*","k":{"playbook_name":{"t":"s"},"playbook_dir":{"t":"s"},"become_password_file":{"t":"s"},"connection_password_file":{"t":"s"},"list_hosts":{"t":"b"},"syntax_check":{"t":"b"},"timeout":{"t":"in"},"vault_id":{"t":"s"},"vault_password_file":{"t":"s"},"background":{"t":"in"},"check":{"t":"b"},"diff":{"t":"b"},"module_path":{"t":"s"},"poll":{"t":"in"},"args":{"t":"s"},"extra_vars":{"t":"s"},"forks":{"t":"in"},"inventory":{"t":"s"},"scp_extra_args":{"t":"s"},"sftp_extra_args":{"t":"s"},"private_key":{"t":"s"},"connection":{"t":"s"},"module_name":{"t":"s"},"sleep":{"t":"s"},"tags":{"t":"s"},"skip_tags":{"t":"s"}},"x":{"t":"*"}}}}},"galaxy":{"t":"o","k":{"actions":{"t":"a","i":{"t":"a","i":{"t":"s"}}}},"r":["actions"]},"package_name":{"t":"s"},"pull":{"t":"oa","k":{"accept_host_key":{"t":"b"},"clean":{"t":"b"},"full":{"t":"b"},"diff":{"t":"b"},"ssh_common_args":{"t":"s"},"scp_extra_args":{"t":"s"},"sftp_extra_args":{"t":"s"},"private_key":{"t":"s"},"checkout":{"t":"s"},"module_path":{"t":"s"},"timeout":{"t":"s"},"url":{"t":"s"},"connection":{"t":"s"},"vault_id":{"t":"s"},"vault_password_file":{"t":"s"},"module_name":{"t":"s"},"sleep":{"t":"s"},"tags":{"t":"s"},"skip_tags":{"t":"s"},"playbook_name":{"t":"s"},"verify_commit":{"t":"b"},"inventory":{"t":"s"},"playbook_names":{"t":"a","i":{"t":"s"}}},"r":["url"],"i":{"t":"o","k":{"accept_host_key":{"t":"b"},"clean":{"t":"b"},"full":{"t":"b"},"diff":{"t":"b"},"ssh_common_args":{"t":"s"},"scp_extra_args":{"t":"s"},"sftp_extra_args":{"t":"s"},"private_key":{"t":"s"},"checkout":{"t":"s"},"module_path":{"t":"s"},"timeout":{"t":"s"},"url":{"t":"s"},"connection":{"t":"s"},"vault_id":{"t":"s"},"vault_password_file":{"t":"s"},"verify_commit":{"t":"b"},"inventory":{"t":"s"},"module_name":{"t":"s"},"sleep":{"t":"s"},"tags":{"t":"s"},"skip_tags":{"t":"s"},"playbook_name":{"t":"s"},"playbook_names":{"t":"a","i":{"t":"s"}}},"r":["url"]}}}}',
  apk_repos:
    '{"t":"o","k":{"preserve_repositories":{"t":"b"},"alpine_repo":{"t":"0o","k":{"base_url":{"t":"s"},"community_enabled":{"t":"b"},"testing_enabled":{"t":"b"},"version":{"t":"s"}},"r":["version"]},"local_repo_base_url":{"t":"s"}}}',
  apt: '{"t":"o","k":{"preserve_sources_list":{"t":"b"},"disable_suites":{"t":"a","i":{"t":"s"}},"primary":{"t":"a","i":{"t":"o","k":{"arches":{"t":"a","i":{"t":"s"}},"uri":{"t":"s"},"search":{"t":"a","i":{"t":"s"}},"search_dns":{"t":"b"},"keyid":{"t":"s"},"key":{"t":"s"},"keyserver":{"t":"s"}},"r":["arches"]}},"security":{"t":"a","i":{"t":"o","k":{"arches":{"t":"a","i":{"t":"s"}},"uri":{"t":"s"},"search":{"t":"a","i":{"t":"s"}},"search_dns":{"t":"b"},"keyid":{"t":"s"},"key":{"t":"s"},"keyserver":{"t":"s"}},"r":["arches"]}},"add_apt_repo_match":{"t":"s"},"debconf_selections":{"t":"o","k":{},"x":{"t":"s"}},"sources_list":{"t":"s"},"conf":{"t":"s"},"https_proxy":{"t":"s"},"http_proxy":{"t":"s"},"proxy":{"t":"s"},"ftp_proxy":{"t":"s"},"sources":{"t":"o","k":{},"x":{"t":"o","k":{"source":{"t":"s"},"keyid":{"t":"s"},"key":{"t":"s"},"keyserver":{"t":"s"},"filename":{"t":"s"},"append":{"t":"b"}}}}}}',
  apt_pipelining: '{"t":"sib","e":["none","unchanged","os"]}',
  apt_reboot_if_required: '{"t":"b"}',
  apt_update: '{"t":"b"}',
  apt_upgrade: '{"t":"b"}',
  authkey_hash: '{"t":"s"}',
  autoinstall: '{"t":"o","k":{"version":{"t":"i"}},"x":{"t":"*"},"r":["version"]}',
  bootcmd: '{"t":"a","i":{"t":"sa","i":{"t":"s"}}}',
  byobu_by_default:
    '{"t":"s","e":["enable-system","enable-user","disable-system","disable-user","enable","disable","user","system"]}',
  'ca-certs':
    '{"t":"o","k":{"remove-defaults":{"t":"b"},"remove_defaults":{"t":"b"},"trusted":{"t":"a","i":{"t":"s"}}}}',
  ca_certs:
    '{"t":"o","k":{"remove-defaults":{"t":"b"},"remove_defaults":{"t":"b"},"trusted":{"t":"a","i":{"t":"s"}}}}',
  chef: '{"t":"o","k":{"directories":{"t":"a","i":{"t":"s"}},"validation_cert":{"t":"s"},"validation_key":{"t":"s"},"firstboot_path":{"t":"s"},"exec":{"t":"b"},"client_key":{"t":"s"},"encrypted_data_bag_secret":{"t":"s"},"environment":{"t":"s"},"file_backup_path":{"t":"s"},"file_cache_path":{"t":"s"},"json_attribs":{"t":"s"},"log_level":{"t":"s"},"log_location":{"t":"s"},"node_name":{"t":"s"},"omnibus_url":{"t":"s"},"omnibus_url_retries":{"t":"i"},"omnibus_version":{"t":"s"},"pid_file":{"t":"s"},"server_url":{"t":"s"},"show_time":{"t":"b"},"ssl_verify_mode":{"t":"s"},"validation_name":{"t":"s"},"force_install":{"t":"b"},"initial_attributes":{"t":"o"},"install_type":{"t":"s","e":["packages","gems","omnibus"]},"run_list":{"t":"a","i":{"t":"s"}},"chef_license":{"t":"s"},"config_path":{"t":"s"}}}',
  chpasswd:
    '{"t":"o","k":{"expire":{"t":"b"},"users":{"t":"a","i":{"t":"o","k":{"name":{"t":"s"},"type":{"t":"s","e":["RANDOM","hash","text"]},"password":{"t":"s"}},"r":["name"]}},"list":{"t":"sa","i":{"t":"s"}}}}',
  cloud_config_modules:
    '{"t":"a","i":{"t":"sa","e":["ansible","apk-configure","apk_configure","apt-configure","apt_configure","apt-pipelining","apt_pipelining","bootcmd","byobu","ca-certs","ca_certs","chef","disable-ec2-metadata","disable_ec2_metadata","disk-setup","disk_setup","fan","final-message","final_message","growpart","grub-dpkg","grub_dpkg","install-hotplug","install_hotplug","keyboard","keys-to-console","keys_to_console","landscape","locale","lxd","mcollective","migrator","mounts","ntp","package-update-upgrade-install","package_update_upgrade_install","phone-home","phone_home","power-state-change","power_state_change","puppet","refresh-rmc-and-interface","refresh_rmc_and_interface","reset-rmc","reset_rmc","resizefs","resolv-conf","resolv_conf","rh-subscription","rh_subscription","rightscale-userdata","rightscale_userdata","rsyslog","runcmd","salt-minion","salt_minion","scripts-per-boot","scripts_per_boot","scripts-per-instance","scripts_per_instance","scripts-per-once","scripts_per_once","scripts-user","scripts_user","scripts-vendor","scripts_vendor","seed-random","seed_random","set-hostname","set_hostname","set-passwords","set_passwords","snap","spacewalk","ssh","ssh-authkey-fingerprints","ssh_authkey_fingerprints","ssh-import-id","ssh_import_id","timezone","ubuntu-advantage","ubuntu_advantage","ubuntu-autoinstall","ubuntu_autoinstall","ubuntu-drivers","ubuntu_drivers","update-etc-hosts","update_etc_hosts","update-hostname","update_hostname","users-groups","users_groups","wireguard","write-files","write_files","write-files-deferred","write_files_deferred","yum-add-repo","yum_add_repo","zypper-add-repo","zypper_add_repo","ubuntu_pro","raspberry_pi"]}}',
  cloud_final_modules:
    '{"t":"a","i":{"t":"sa","e":["ansible","apk-configure","apk_configure","apt-configure","apt_configure","apt-pipelining","apt_pipelining","bootcmd","byobu","ca-certs","ca_certs","chef","disable-ec2-metadata","disable_ec2_metadata","disk-setup","disk_setup","fan","final-message","final_message","growpart","grub-dpkg","grub_dpkg","install-hotplug","install_hotplug","keyboard","keys-to-console","keys_to_console","landscape","locale","lxd","mcollective","migrator","mounts","ntp","package-update-upgrade-install","package_update_upgrade_install","phone-home","phone_home","power-state-change","power_state_change","puppet","refresh-rmc-and-interface","refresh_rmc_and_interface","reset-rmc","reset_rmc","resizefs","resolv-conf","resolv_conf","rh-subscription","rh_subscription","rightscale-userdata","rightscale_userdata","rsyslog","runcmd","salt-minion","salt_minion","scripts-per-boot","scripts_per_boot","scripts-per-instance","scripts_per_instance","scripts-per-once","scripts_per_once","scripts-user","scripts_user","scripts-vendor","scripts_vendor","seed-random","seed_random","set-hostname","set_hostname","set-passwords","set_passwords","snap","spacewalk","ssh","ssh-authkey-fingerprints","ssh_authkey_fingerprints","ssh-import-id","ssh_import_id","timezone","ubuntu-advantage","ubuntu_advantage","ubuntu-autoinstall","ubuntu_autoinstall","ubuntu-drivers","ubuntu_drivers","update-etc-hosts","update_etc_hosts","update-hostname","update_hostname","users-groups","users_groups","wireguard","write-files","write_files","write-files-deferred","write_files_deferred","yum-add-repo","yum_add_repo","zypper-add-repo","zypper_add_repo","ubuntu_pro","raspberry_pi"]}}',
  cloud_init_modules:
    '{"t":"a","i":{"t":"sa","e":["ansible","apk-configure","apk_configure","apt-configure","apt_configure","apt-pipelining","apt_pipelining","bootcmd","byobu","ca-certs","ca_certs","chef","disable-ec2-metadata","disable_ec2_metadata","disk-setup","disk_setup","fan","final-message","final_message","growpart","grub-dpkg","grub_dpkg","install-hotplug","install_hotplug","keyboard","keys-to-console","keys_to_console","landscape","locale","lxd","mcollective","migrator","mounts","ntp","package-update-upgrade-install","package_update_upgrade_install","phone-home","phone_home","power-state-change","power_state_change","puppet","refresh-rmc-and-interface","refresh_rmc_and_interface","reset-rmc","reset_rmc","resizefs","resolv-conf","resolv_conf","rh-subscription","rh_subscription","rightscale-userdata","rightscale_userdata","rsyslog","runcmd","salt-minion","salt_minion","scripts-per-boot","scripts_per_boot","scripts-per-instance","scripts_per_instance","scripts-per-once","scripts_per_once","scripts-user","scripts_user","scripts-vendor","scripts_vendor","seed-random","seed_random","set-hostname","set_hostname","set-passwords","set_passwords","snap","spacewalk","ssh","ssh-authkey-fingerprints","ssh_authkey_fingerprints","ssh-import-id","ssh_import_id","timezone","ubuntu-advantage","ubuntu_advantage","ubuntu-autoinstall","ubuntu_autoinstall","ubuntu-drivers","ubuntu_drivers","update-etc-hosts","update_etc_hosts","update-hostname","update_hostname","users-groups","users_groups","wireguard","write-files","write_files","write-files-deferred","write_files_deferred","yum-add-repo","yum_add_repo","zypper-add-repo","zypper_add_repo","ubuntu_pro","raspberry_pi"]}}',
  create_hostname_file: '{"t":"b"}',
  device_aliases: '{"t":"o","k":{},"x":{"t":"s"}}',
  disable_ec2_metadata: '{"t":"b"}',
  disable_root: '{"t":"b"}',
  disable_root_opts: '{"t":"s"}',
  disk_setup:
    '{"t":"o","k":{},"x":{"t":"o","k":{"table_type":{"t":"s","e":["mbr","gpt"]},"layout":{"t":"sba","i":{"t":"ia","i":{"t":"si"}},"e":["remove"]},"overwrite":{"t":"b"}}}}',
  drivers:
    '{"t":"o","k":{"nvidia":{"t":"o","k":{"license-accepted":{"t":"b"},"version":{"t":"s"}},"r":["license-accepted"]}}}',
  fan: '{"t":"o","k":{"config":{"t":"s"},"config_path":{"t":"s"}},"r":["config"]}',
  final_message: '{"t":"s"}',
  fqdn: '{"t":"s"}',
  fs_setup:
    '{"t":"a","i":{"t":"o","k":{"label":{"t":"s"},"filesystem":{"t":"s"},"device":{"t":"s"},"partition":{"t":"s","e":["auto","any","none"]},"overwrite":{"t":"b"},"replace_fs":{"t":"s"},"extra_opts":{"t":"sa","i":{"t":"s"}},"cmd":{"t":"sa","i":{"t":"s"}}}}}',
  groups: '{"t":"*","k":{},"x":{"t":"sa","i":{"t":"s"}}}',
  growpart:
    '{"t":"o","k":{"mode":{"t":"sb","e":["auto","growpart","gpart","off"]},"devices":{"t":"a","i":{"t":"s"}},"ignore_growroot_disabled":{"t":"b"}}}',
  'grub-dpkg': '{"t":"o"}',
  grub_dpkg:
    '{"t":"o","k":{"enabled":{"t":"b"},"grub-pc/install_devices":{"t":"s"},"grub-pc/install_devices_empty":{"t":"sb"},"grub-efi/install_devices":{"t":"s"}}}',
  hostname: '{"t":"s"}',
  keyboard:
    '{"t":"o","k":{"layout":{"t":"s"},"model":{"t":"s"},"variant":{"t":"s"},"options":{"t":"s"}},"r":["layout"]}',
  landscape:
    '{"t":"o","k":{"client":{"t":"o","k":{"url":{"t":"s"},"ping_url":{"t":"s"},"data_path":{"t":"s"},"log_level":{"t":"s","e":["debug","info","warning","error","critical"]},"computer_title":{"t":"s"},"account_name":{"t":"s"},"registration_key":{"t":"s"},"tags":{"t":"s"},"http_proxy":{"t":"s"},"https_proxy":{"t":"s"}},"x":{"t":"*"}}},"r":["client"]}',
  'launch-index': '{"t":"i"}',
  locale: '{"t":"sb"}',
  locale_configfile: '{"t":"s"}',
  lxd: '{"t":"o","k":{"init":{"t":"o","k":{"network_address":{"t":"s"},"network_port":{"t":"i"},"storage_backend":{"t":"s","e":["zfs","dir","lvm","btrfs"]},"storage_create_device":{"t":"s"},"storage_create_loop":{"t":"i"},"storage_pool":{"t":"s"},"trust_password":{"t":"s"}}},"bridge":{"t":"o","k":{"mode":{"t":"s","e":["none","existing","new"]},"name":{"t":"s"},"mtu":{"t":"i"},"ipv4_address":{"t":"s"},"ipv4_netmask":{"t":"i"},"ipv4_dhcp_first":{"t":"s"},"ipv4_dhcp_last":{"t":"s"},"ipv4_dhcp_leases":{"t":"i"},"ipv4_nat":{"t":"b"},"ipv6_address":{"t":"s"},"ipv6_netmask":{"t":"i"},"ipv6_nat":{"t":"b"},"domain":{"t":"s"}},"r":["mode"]},"preseed":{"t":"s"}}}',
  manage_etc_hosts: '{"t":"sb","e":["localhost","template"]}',
  manage_resolv_conf: '{"t":"b"}',
  mcollective:
    '{"t":"o","k":{"conf":{"t":"o","k":{"public-cert":{"t":"s"},"private-cert":{"t":"s"}},"x":{"t":"sib"}}}}',
  merge_how:
    '{"t":"sa","i":{"t":"o","k":{"name":{"t":"s","e":["list","dict","str"]},"settings":{"t":"a","i":{"t":"s","e":["allow_delete","no_replace","replace","append","prepend","recurse_dict","recurse_list","recurse_array","recurse_str"]}}},"r":["name","settings"]}}',
  merge_type:
    '{"t":"sa","i":{"t":"o","k":{"name":{"t":"s","e":["list","dict","str"]},"settings":{"t":"a","i":{"t":"s","e":["allow_delete","no_replace","replace","append","prepend","recurse_dict","recurse_list","recurse_array","recurse_str"]}}},"r":["name","settings"]}}',
  migrate: '{"t":"*"}',
  mount_default_fields: '{"t":"a","i":{"t":"s0"}}',
  mounts: '{"t":"a","i":{"t":"a","i":{"t":"s"}}}',
  no_ssh_fingerprints: '{"t":"b"}',
  ntp: '{"t":"0o","k":{"pools":{"t":"a","i":{"t":"s"}},"servers":{"t":"a","i":{"t":"s"}},"ntp_client":{"t":"s"},"enabled":{"t":"b"},"config":{"t":"o","k":{"confpath":{"t":"s"},"check_exe":{"t":"s"},"packages":{"t":"a","i":{"t":"s"}},"service_name":{"t":"s"},"template":{"t":"s"}}},"peers":{"t":"a","i":{"t":"s"}},"allow":{"t":"a","i":{"t":"s"}}}}',
  output:
    '{"t":"o","k":{"all":{"t":"soa","k":{"output":{"t":"s"},"error":{"t":"s"}},"i":{"t":"s"}},"init":{"t":"soa","k":{"output":{"t":"s"},"error":{"t":"s"}},"i":{"t":"s"}},"config":{"t":"soa","k":{"output":{"t":"s"},"error":{"t":"s"}},"i":{"t":"s"}},"final":{"t":"soa","k":{"output":{"t":"s"},"error":{"t":"s"}},"i":{"t":"s"}}}}',
  package_reboot_if_required: '{"t":"b"}',
  package_update: '{"t":"b"}',
  package_upgrade: '{"t":"b"}',
  packages:
    '{"t":"a","i":{"t":"soa","k":{"apt":{"t":"a","i":{"t":"sa","i":{"t":"s"}}},"snap":{"t":"a","i":{"t":"sa","i":{"t":"s"}}}},"i":{"t":"s"}}}',
  password: '{"t":"s"}',
  phone_home:
    '{"t":"o","k":{"url":{"t":"s"},"post":{"t":"sa","i":{"t":"s","e":["pub_key_dsa","pub_key_rsa","pub_key_ecdsa","pub_key_ed25519","instance_id","hostname","fqdn"]},"e":["all"]},"tries":{"t":"i"}},"r":["url"]}',
  power_state:
    '{"t":"o","k":{"delay":{"t":"si"},"mode":{"t":"s","e":["poweroff","reboot","halt"]},"message":{"t":"s"},"timeout":{"t":"i"},"condition":{"t":"sba"}},"r":["mode"]}',
  prefer_fqdn_over_hostname: '{"t":"b"}',
  preserve_hostname: '{"t":"b"}',
  puppet:
    '{"t":"o","k":{"install":{"t":"b"},"version":{"t":"s"},"install_type":{"t":"s","e":["packages","aio"]},"collection":{"t":"s"},"aio_install_url":{"t":"s"},"cleanup":{"t":"b"},"conf_file":{"t":"s"},"ssl_dir":{"t":"s"},"csr_attributes_path":{"t":"s"},"package_name":{"t":"s"},"exec":{"t":"b"},"exec_args":{"t":"a","i":{"t":"s"}},"start_service":{"t":"b"},"conf":{"t":"o","k":{"main":{"t":"o"},"server":{"t":"o"},"agent":{"t":"o"},"user":{"t":"o"},"ca_cert":{"t":"s"}}},"csr_attributes":{"t":"o","k":{"custom_attributes":{"t":"o"},"extension_requests":{"t":"o"}}}}}',
  random_seed:
    '{"t":"o","k":{"file":{"t":"s"},"data":{"t":"s"},"encoding":{"t":"s","e":["raw","base64","b64","gzip","gz"]},"command":{"t":"a","i":{"t":"s"}},"command_required":{"t":"b"}}}',
  reporting:
    '{"t":"o","k":{},"x":{"t":"o","k":{"type":{"t":"s","e":["log","print","webhook","hyperv"]},"level":{"t":"s","e":["DEBUG","INFO","WARN","ERROR","FATAL"]},"endpoint":{"t":"s"},"consumer_key":{"t":"s"},"token_key":{"t":"s"},"token_secret":{"t":"s"},"consumer_secret":{"t":"s"},"timeout":{"t":"in"},"retries":{"t":"i"},"kvp_file_path":{"t":"s"},"event_types":{"t":"a","i":{"t":"s"}}},"r":["type"]}}',
  resize_rootfs: '{"t":"sb","e":["noblock"]}',
  resolv_conf:
    '{"t":"o","k":{"nameservers":{"t":"a"},"searchdomains":{"t":"a"},"domain":{"t":"s"},"sortlist":{"t":"a"},"options":{"t":"o"}}}',
  rh_subscription:
    '{"t":"o","k":{"username":{"t":"s"},"password":{"t":"s"},"activation-key":{"t":"s"},"org":{"t":"si"},"auto-attach":{"t":"b"},"service-level":{"t":"s"},"add-pool":{"t":"a","i":{"t":"s"}},"enable-repo":{"t":"a","i":{"t":"s"}},"disable-repo":{"t":"a","i":{"t":"s"}},"rhsm-baseurl":{"t":"s"},"server-hostname":{"t":"s"},"activation_key":{"t":"s"},"auto_attach":{"t":"b"},"service_level":{"t":"s"},"add_pool":{"t":"a","i":{"t":"s"}},"enable_repo":{"t":"a","i":{"t":"s"}},"disable_repo":{"t":"a","i":{"t":"s"}},"release_version":{"t":"s"},"rhsm_baseurl":{"t":"s"},"server_hostname":{"t":"s"}}}',
  rpi: '{"t":"o","k":{"interfaces":{"t":"o","k":{"spi":{"t":"b"},"i2c":{"t":"b"},"serial":{"t":"bo","k":{"console":{"t":"b"},"hardware":{"t":"b"}},"x":{"t":"*"}},"onewire":{"t":"b"}},"x":{"t":"*"}},"enable_rpi_connect":{"t":"b"},"enable_usb_gadget":{"t":"b"}},"x":{"t":"*"}}',
  rsyslog:
    '{"t":"o","k":{"config_dir":{"t":"s"},"config_filename":{"t":"s"},"configs":{"t":"a","i":{"t":"so","k":{"filename":{"t":"s"},"content":{"t":"s"}},"r":["content"]}},"remotes":{"t":"o"},"service_reload_command":{"t":"sa","i":{"t":"s"},"e":["auto"]},"install_rsyslog":{"t":"b"},"check_exe":{"t":"s"},"packages":{"t":"a","i":{"t":"s"}}}}',
  runcmd: '{"t":"a","i":{"t":"s0a","i":{"t":"s"}}}',
  salt_minion:
    '{"t":"o","k":{"pkg_name":{"t":"s"},"service_name":{"t":"s"},"config_dir":{"t":"s"},"conf":{"t":"o"},"grains":{"t":"o"},"public_key":{"t":"s"},"private_key":{"t":"s"},"pki_dir":{"t":"s"}}}',
  snap: '{"t":"o","k":{"assertions":{"t":"oa","k":{},"x":{"t":"s"},"i":{"t":"s"}},"commands":{"t":"oa","k":{},"x":{"t":"sa","i":{"t":"s"}},"i":{"t":"sa","i":{"t":"s"}}}}}',
  spacewalk: '{"t":"o","k":{"server":{"t":"s"},"proxy":{"t":"s"},"activation_key":{"t":"s"}}}',
  ssh: '{"t":"o","k":{"emit_keys_to_console":{"t":"b"}},"r":["emit_keys_to_console"]}',
  ssh_authorized_keys: '{"t":"a","i":{"t":"s"}}',
  ssh_deletekeys: '{"t":"b"}',
  ssh_fp_console_blacklist: '{"t":"a","i":{"t":"s"}}',
  ssh_genkeytypes: '{"t":"a","i":{"t":"s","e":["dsa","ecdsa","ed25519","rsa"]}}',
  ssh_import_id: '{"t":"a","i":{"t":"s"}}',
  ssh_key_console_blacklist: '{"t":"a","i":{"t":"s"}}',
  ssh_keys: '{"t":"o","k":{},"x":{"t":"s"}}',
  ssh_publish_hostkeys: '{"t":"o","k":{"enabled":{"t":"b"},"blacklist":{"t":"a","i":{"t":"s"}}}}',
  ssh_pwauth: '{"t":"sb"}',
  ssh_quiet_keygen: '{"t":"b"}',
  swap: '{"t":"o","k":{"filename":{"t":"s"},"size":{"t":"si"},"maxsize":{"t":"si"}}}',
  system_info: '{"t":"o"}',
  timezone: '{"t":"s"}',
  ubuntu_advantage:
    '{"t":"o","k":{"enable":{"t":"a","i":{"t":"s"}},"enable_beta":{"t":"a","i":{"t":"s"}},"token":{"t":"s"},"features":{"t":"o","k":{"disable_auto_attach":{"t":"b"}}},"config":{"t":"o","k":{"http_proxy":{"t":"s0"},"https_proxy":{"t":"s0"},"global_apt_http_proxy":{"t":"s0"},"global_apt_https_proxy":{"t":"s0"},"ua_apt_http_proxy":{"t":"s0"},"ua_apt_https_proxy":{"t":"s0"}},"x":{"t":"*"}}}}',
  ubuntu_pro:
    '{"t":"o","k":{"enable":{"t":"a","i":{"t":"s"}},"enable_beta":{"t":"a","i":{"t":"s"}},"token":{"t":"s"},"features":{"t":"o","k":{"disable_auto_attach":{"t":"b"}}},"config":{"t":"o","k":{"http_proxy":{"t":"s0"},"https_proxy":{"t":"s0"},"global_apt_http_proxy":{"t":"s0"},"global_apt_https_proxy":{"t":"s0"},"ua_apt_http_proxy":{"t":"s0"},"ua_apt_https_proxy":{"t":"s0"}},"x":{"t":"*"}}}}',
  updates:
    '{"t":"o","k":{"network":{"t":"o","k":{"when":{"t":"a","i":{"t":"s","e":["boot-new-instance","boot-legacy","boot","hotplug"]}}},"r":["when"]}}}',
  user: '{"t":"*","k":{"name":{"t":"s"},"expiredate":{"t":"s"},"gecos":{"t":"s"},"groups":{"t":"soa","k":{},"x":{"t":"*"},"i":{"t":"s"}},"homedir":{"t":"s"},"inactive":{"t":"s"},"lock-passwd":{"t":"b"},"lock_passwd":{"t":"b"},"no_create_home":{"t":"b"},"no_log_init":{"t":"b"},"no_user_group":{"t":"b"},"passwd":{"t":"s"},"hashed_passwd":{"t":"s"},"plain_text_passwd":{"t":"s"},"create_groups":{"t":"b"},"primary_group":{"t":"s"},"selinux_user":{"t":"s"},"shell":{"t":"s"},"snapuser":{"t":"s"},"ssh_authorized_keys":{"t":"a","i":{"t":"s"}},"ssh_import_id":{"t":"a","i":{"t":"s"}},"ssh_redirect_user":{"t":"b"},"system":{"t":"b"},"sudo":{"t":"sb0a","i":{"t":"s0"}},"uid":{"t":"si"},"doas":{"t":"a","i":{"t":"s"}},"no-create-home":{"t":"b"},"no-log-init":{"t":"b"},"no-user-group":{"t":"b"},"hashed-passwd":{"t":"s"},"plain-text-passwd":{"t":"s"},"create-groups":{"t":"b"},"primary-group":{"t":"s"},"selinux-user":{"t":"s"},"ssh-authorized-keys":{"t":"a","i":{"t":"s"}},"ssh-import-id":{"t":"a","i":{"t":"s"}},"ssh-redirect-user":{"t":"b"}}}',
  users:
    '{"t":"soa","i":{"t":"*","k":{"name":{"t":"s"},"expiredate":{"t":"s"},"gecos":{"t":"s"},"groups":{"t":"soa","k":{},"x":{"t":"*"},"i":{"t":"s"}},"homedir":{"t":"s"},"inactive":{"t":"s"},"lock-passwd":{"t":"b"},"lock_passwd":{"t":"b"},"no_create_home":{"t":"b"},"no_log_init":{"t":"b"},"no_user_group":{"t":"b"},"passwd":{"t":"s"},"hashed_passwd":{"t":"s"},"plain_text_passwd":{"t":"s"},"create_groups":{"t":"b"},"primary_group":{"t":"s"},"selinux_user":{"t":"s"},"shell":{"t":"s"},"snapuser":{"t":"s"},"ssh_authorized_keys":{"t":"a","i":{"t":"s"}},"ssh_import_id":{"t":"a","i":{"t":"s"}},"ssh_redirect_user":{"t":"b"},"system":{"t":"b"},"sudo":{"t":"sb0a","i":{"t":"s0"}},"uid":{"t":"si"},"doas":{"t":"a","i":{"t":"s"}},"no-create-home":{"t":"b"},"no-log-init":{"t":"b"},"no-user-group":{"t":"b"},"hashed-passwd":{"t":"s"},"plain-text-passwd":{"t":"s"},"create-groups":{"t":"b"},"primary-group":{"t":"s"},"selinux-user":{"t":"s"},"ssh-authorized-keys":{"t":"a","i":{"t":"s"}},"ssh-import-id":{"t":"a","i":{"t":"s"}},"ssh-redirect-user":{"t":"b"}}}}',
  vendor_data: '{"t":"o","k":{"enabled":{"t":"sb"},"prefix":{"t":"sa","i":{"t":"si"}}}}',
  version: '{"t":"*"}',
  wireguard:
    '{"t":"0o","k":{"interfaces":{"t":"a","i":{"t":"o","k":{"name":{"t":"s"},"config_path":{"t":"s"},"content":{"t":"s"}}}},"readinessprobe":{"t":"a","i":{"t":"s"}}},"r":["interfaces"]}',
  write_files:
    '{"t":"a","i":{"t":"o","k":{"path":{"t":"s"},"content":{"t":"s"},"owner":{"t":"s"},"permissions":{"t":"s"},"encoding":{"t":"s","e":["gz","gzip","gz+base64","gzip+base64","gz+b64","gzip+b64","b64","base64","text/plain"]},"append":{"t":"b"},"defer":{"t":"b"},"source":{"t":"o","k":{"uri":{"t":"s"},"headers":{"t":"o","k":{},"x":{"t":"s"}}},"r":["uri"]}},"r":["path"]}}',
  yum_repo_dir: '{"t":"s"}',
  yum_repos:
    '{"t":"o","k":{},"x":{"t":"o","k":{"baseurl":{"t":"s"},"name":{"t":"s"},"enabled":{"t":"b"},"metalink":{"t":"s"},"mirrorlist":{"t":"s"}},"x":{"t":"sib"}}}',
  zypper:
    '{"t":"o","k":{"repos":{"t":"a","i":{"t":"o","k":{"id":{"t":"s"},"baseurl":{"t":"s"}},"x":{"t":"*"},"r":["id","baseurl"]}},"config":{"t":"o"}},"x":{"t":"*"}}',
}
